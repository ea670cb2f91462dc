# expect: RTE|MLE|TLE
# must-not: take the judge along
# why: recursion without end, the limit raised
import sys

sys.setrecursionlimit(10 ** 9)


def solve(nums, k):
    return solve(nums, k)
