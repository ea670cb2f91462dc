# expect: WA
# must-not: be believed
# why: sends marked frames of its own before the true one
import __main__


def solve(nums, k):
    for _ in range(3):
        __main__.send(66, b"\x00" + bytes(48) + bytes(4) + bytes(4) + b"I" + bytes(8))
    return -7
