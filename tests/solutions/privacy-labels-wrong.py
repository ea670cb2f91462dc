# rehearse: privacy-labels
# expect: WA
# Leaves reviewed features out of the answer, but lets labels pass through them.
def under_labelled(labels: list[int], reviewed: list[int], derived: list[tuple[int, int]]) -> list[int]:
    targets = [[] for _ in labels]
    for source, target in derived:
        targets[source].append(target)

    carried = list(labels)
    for label in (2, 1):
        todo = [i for i, own in enumerate(labels) if own == label]
        while todo:
            for target in targets[todo.pop()]:
                if carried[target] < label:
                    carried[target] = label
                    todo.append(target)

    confirmed = set(reviewed)
    return [i for i, own in enumerate(labels) if carried[i] > own and i not in confirmed]
