# rehearse: ranking-metrics
# expect: WA
# The ideal order is made of the k documents that were shown, not of all documents of the query.
from math import log2


def dcg(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def ranking_metrics(
    scores: list[list[float]], relevance: list[list[int]], k: int
) -> tuple[float, float, float, int] | None:
    recalls, reciprocals, ndcgs = [], [], []
    for score, grade in zip(scores, relevance):
        relevant = sum(g > 0 for g in grade)
        if relevant == 0:
            continue
        order = sorted(range(len(score)), key=lambda i: -score[i])
        shown = [grade[i] for i in order[:k]]
        recalls.append(sum(g > 0 for g in shown) / relevant)
        reciprocals.append(next((1 / rank for rank, g in enumerate(shown, start=1) if g > 0), 0.0))
        ideal = dcg(sorted(shown, reverse=True))
        ndcgs.append(dcg(shown) / ideal if ideal > 0 else 0.0)
    if not recalls:
        return None
    n = len(recalls)
    return sum(recalls) / n, sum(reciprocals) / n, sum(ndcgs) / n, len(scores) - n
