# rehearse: stretches-summing-to
#
# Read from the right: how often each sum of a rest of the list has occurred. A stretch that begins
# here is this rest without a shorter one.
from collections import defaultdict


def stretches_summing_to(nums: list[int], target: int) -> int:
    rests = defaultdict(int, {0: 1})
    rest = found = 0
    for value in reversed(nums):
        rest += value
        found += rests.get(rest - target, 0)
        rests[rest] += 1
    return found
