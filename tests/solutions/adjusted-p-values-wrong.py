# rehearse: adjusted-p-values
# expect: WA
# m is the number of all slices, those without a p-value included.
from math import erf, nan, sqrt


def p_value(c1: int, n1: int, c2: int, n2: int) -> float | None:
    if n1 == 0 or n2 == 0 or c1 + c2 in (0, n1 + n2):
        return None
    s = (c1 + c2) / (n1 + n2)
    z = (c2 / n2 - c1 / n1) / sqrt(s * (1 - s) * (1 / n1 + 1 / n2))
    return 1 - erf(abs(z) / sqrt(2))


def adjusted_p_values(slices: list[tuple[int, int, int, int]]) -> list[float]:
    tested = []
    for index, counts in enumerate(slices):
        p = p_value(*counts)
        if p is not None:
            tested.append((p, index))
    tested.sort()
    adjusted = [nan] * len(slices)
    smallest = 1.0
    for rank in range(len(tested), 0, -1):
        p, index = tested[rank - 1]
        smallest = min(smallest, len(slices) * p / rank)
        adjusted[index] = smallest
    return adjusted
