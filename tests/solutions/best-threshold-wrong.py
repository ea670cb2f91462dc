# rehearse: best-threshold
# expect: WA
# Looks at F after every row, also in the middle of equal scores.
def best_threshold(
    scores: list[float], labels: list[int], beta: float
) -> tuple[float, float] | None:
    positives = sum(labels)
    if positives == 0:
        return None
    best = (0.0, -1.0)
    hits = 0
    ranked = sorted(zip(scores, labels), key=lambda row: -row[0])
    for flagged, (score, label) in enumerate(ranked, start=1):
        hits += label
        f = (1 + beta**2) * hits / (beta**2 * positives + flagged)
        if f > best[1]:
            best = (score, f)
    return best
