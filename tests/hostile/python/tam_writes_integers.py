# expect: WA
# must-not: judge by numbers that the submission may change
# why: writes over the small integers that all of the interpreter shares
import ctypes


def solve(nums, k):
    for number in range(2, 100):
        ctypes.c_longlong.from_address(id(number) + 24).value &= -1
    ctypes.c_int.from_address(id(-3) + 24).value = 5
    return -3
