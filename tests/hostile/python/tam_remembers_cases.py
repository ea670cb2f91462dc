# expect: WA
# must-not: answer from what it saw
# why: keeps state between cases in a module
import sys

sys.seen = getattr(sys, "seen", 0) + 1


def solve(nums, k):
    return sys.seen
