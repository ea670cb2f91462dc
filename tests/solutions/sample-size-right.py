# rehearse: sample-size
#
# The formula, with the quantile from the standard library. Attrition divides before the one rounding.
from math import ceil
from statistics import NormalDist


def sample_size(
    base: float, change: float, alpha: float, power: float, attrition: float
) -> int | None:
    p1, p2 = base, base + change
    if change == 0 or not 0 < p1 < 1 or not 0 < p2 < 1:
        return None
    z = NormalDist().inv_cdf
    known = (z(1 - alpha / 2) + z(power)) ** 2 * (p1 * (1 - p1) + p2 * (1 - p2)) / change**2
    return ceil(known / (1 - attrition))
