# rehearse: average-precision
#
# Recall rises by 1 / violations for each violation at a threshold, so the sum is the mean, over all
# violations, of the precision at their own score. Two sorted lists and a binary search give that.
from bisect import bisect_left


def average_precision(scores: list[float], labels: list[int]) -> float | None:
    posts = sorted(scores)
    violations = sorted(score for score, label in zip(scores, labels) if label == 1)
    if not violations:
        return None

    def at_least(ascending: list[float], score: float) -> int:
        return len(ascending) - bisect_left(ascending, score)

    return sum(at_least(violations, s) / at_least(posts, s) for s in violations) / len(violations)
