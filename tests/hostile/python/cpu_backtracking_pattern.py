# expect: TLE
# must-not: outlive its limit
# why: a regular expression that backtracks for ever
import re


def solve(nums, k):
    return len(re.findall(r"(a|aa)+$", "a" * 60 + "b"))
