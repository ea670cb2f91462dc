# rehearse: different-keys
#
# No table, nothing to attack: in ascending order equal keys are neighbours, so count the changes.
from itertools import pairwise


def different_keys(keys: list[int]) -> int:
    ordered = sorted(keys)
    return bool(ordered) + sum(a != b for a, b in pairwise(ordered))
