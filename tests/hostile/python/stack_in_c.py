# expect: RTE
# must-not: take the judge along
# why: a comparison that goes down a list in a list, all in the library
import sys


def solve(nums, k):
    sys.setrecursionlimit(1 << 30)
    a, b = [], []
    for _ in range(200000):
        a, b = [a], [b]
    return a == b
