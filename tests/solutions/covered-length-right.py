# rehearse: covered-length
#
# From the first start to the last stop, less the gaps. With starts and stops each in order, there is
# a gap after i stretches just when the next start comes after the i-th stop.
def covered_length(intervals: list[tuple[int, int]]) -> int:
    if not intervals:
        return 0
    starts = sorted(start for start, _ in intervals)
    stops = sorted(stop for _, stop in intervals)
    gaps = sum(max(0, start - stop) for start, stop in zip(starts[1:], stops))
    return stops[-1] - starts[0] - gaps
