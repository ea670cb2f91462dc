# rehearse: ks-distance
#
# Both shares change only at values that occur, so it is enough to ask there; each share is one
# binary search in a sorted sample.
from bisect import bisect_right


def ks_distance(reference: list[float], current: list[float]) -> float | None:
    if not reference or not current:
        return None
    f, g = sorted(reference), sorted(current)
    return max(
        abs(bisect_right(f, x) / len(f) - bisect_right(g, x) / len(g))
        for sample in (f, g)
        for x in sample
    )
