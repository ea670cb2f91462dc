# rehearse: permutation-importance
#
# A shuffle of one feature moves the prediction of a row by d = weight · (new value - old value). With
# the row's residual r the rise is the mean of (r - d)² - r² = d · (d - 2 r): no prediction and no copy
# of the data is made again.
from math import nan
from statistics import fmean, stdev


def permutation_importance(
    rows: list[list[float]],
    labels: list[float],
    weights: list[float],
    bias: float,
    shuffles: list[list[int]],
) -> list[tuple[float, float]]:
    residuals = [
        label - bias - sum(weight * x for weight, x in zip(weights, row))
        for row, label in zip(rows, labels)
    ]
    answer = []
    for j, weight in enumerate(weights):
        column = [weight * row[j] for row in rows]
        rises = []
        for shuffle in shuffles:
            moves = (column[s] - own for s, own in zip(shuffle, column))
            rises.append(fmean(d * (d - 2 * r) for d, r in zip(moves, residuals)))
        answer.append((fmean(rises), stdev(rises) if len(rises) > 1 else nan))
    return answer
