# expect: OLE
# must-not: hold them all
# why: one write of 8 MB
import sys

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    sys.stderr.write("e" * (8 << 20))
    return right(nums, k)
