# expect: RTE
# must-not: end with the judge believing in success
# why: leaves with code 0
import sys


def solve(nums, k):
    sys.exit(0)
