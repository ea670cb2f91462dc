# expect: AC
# must-not: reach a terminal
# why: writes around the captured stream
import os


def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    os.write(1, b"\x1b[2J{\"verdict\":\"AC\"}")
    os.write(2, b"\x1b]0;owned\x07")
    return right(nums, k)
