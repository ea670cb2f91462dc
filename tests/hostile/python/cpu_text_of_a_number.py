# expect: TLE
# must-not: outlive the limit
# why: the digits of a long number, with the guard for that taken away
import sys


def solve(nums, k):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    return len(str(1 << (1 << 23)))
