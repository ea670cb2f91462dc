# rehearse: merge-intervals
# expect: WA
# Takes the end of the later report, also when that one lies inside of the earlier.
def merge_intervals(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    outages: list[tuple[int, int]] = []
    for first, last in sorted(intervals):
        if outages and first <= outages[-1][1]:
            outages[-1] = (outages[-1][0], last)
        else:
            outages.append((first, last))
    return outages
