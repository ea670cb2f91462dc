# rehearse: range-add
#
# The usual table of changes, mirrored: note each amount at its last hour, take it back before the
# first, and add up from the right.
from itertools import accumulate


def range_add(hours: int, campaigns: list[tuple[int, int, int]]) -> list[int]:
    change = [0] * (hours + 1)  # the last place stands for the hour before hour 0
    for first, last, amount in campaigns:
        change[last] += amount
        change[first - 1] -= amount
    return list(accumulate(reversed(change[:hours])))[::-1]
