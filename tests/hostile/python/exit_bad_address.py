# expect: RTE
# must-not: take the judge along
# why: reads from an address where nothing is
import ctypes


def solve(nums, k):
    return ctypes.string_at(8)[0]
