# rehearse: population-stability
# expect: WA
# Looks bins up with bisect_right: a value on an edge falls into the bin above it.
from bisect import bisect_right
from math import isnan, log


def population_stability(reference: list[float], current: list[float], bins: int) -> float | None:
    s = sorted(x for x in reference if not isnan(x))
    t = [x for x in current if not isnan(x)]
    if not s or not t:
        return None
    edges = []
    for b in range(1, bins):
        i, r = divmod(b * (len(s) - 1), bins)
        edge = s[i] + r / bins * (s[i + 1] - s[i]) if r else s[i]
        if not edges or edge != edges[-1]:
            edges.append(edge)

    def shares(values: list[float]) -> list[float]:
        counts = [0] * (len(edges) + 1)
        for x in values:
            counts[bisect_right(edges, x)] += 1
        return [max(1e-4, count / len(values)) for count in counts]

    return sum((q - p) * log(q / p) for p, q in zip(shares(s), shares(t)))
