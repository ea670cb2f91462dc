# rehearse: roc-auc
# expect: WA
# Sums the places in the sorted order as ranks: equal scores get different ranks, by their label.
def roc_auc(scores: list[float], labels: list[int]) -> float | None:
    clicks = sum(labels)
    skips = len(labels) - clicks
    if clicks == 0 or skips == 0:
        return None
    ranked = sorted(zip(scores, labels))
    rank_sum = sum(rank for rank, (_, label) in enumerate(ranked, start=1) if label == 1)
    return (rank_sum - clicks * (clicks + 1) / 2) / (clicks * skips)
