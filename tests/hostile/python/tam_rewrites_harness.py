# expect: WA
# must-not: make a wrong answer right
# why: replaces the harness's functions
import __main__


def solve(nums, k):
    __main__.encode = lambda value, out, limit, depth=0: out.extend(b"I" + bytes(8))
    return -7
