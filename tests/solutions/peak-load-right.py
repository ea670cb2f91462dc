# rehearse: peak-load
#
# Sessions by their start, with a heap of those that are open by their stop. The total only rises at
# a start, so it is enough to look there.
import heapq


def peak_load(sessions: list[tuple[int, int, int]]) -> tuple[int, int]:
    still_open: list[tuple[int, int]] = []
    total = peak = at = 0
    for start, stop, load in sorted(sessions):
        while still_open and still_open[0][0] <= start:
            total -= heapq.heappop(still_open)[1]
        if start == stop:
            continue
        heapq.heappush(still_open, (stop, load))
        total += load
        if total > peak:
            peak, at = total, start
    return peak, at
