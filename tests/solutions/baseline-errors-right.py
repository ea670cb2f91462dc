# rehearse: baseline-errors
#
# One stable sort by time puts the past in front and its last value at the end of it.
from bisect import bisect_left
from statistics import fmean, median


def baseline_errors(
    rows: list[tuple[int, float]], split: int
) -> tuple[float, float, float, float] | None:
    in_time = sorted(rows, key=lambda row: row[0])
    cut = bisect_left(in_time, split, key=lambda row: row[0])
    past = [value for _, value in in_time[:cut]]
    future = [value for _, value in in_time[cut:]]
    if not past or not future:
        return None

    def error(prediction: float) -> float:
        return fmean(abs(value - prediction) for value in future)

    prior = fmean(value > 0 for value in past)
    brier = fmean(((value > 0) - prior) ** 2 for value in future)
    return error(fmean(past)), error(median(past)), error(past[-1]), brier
