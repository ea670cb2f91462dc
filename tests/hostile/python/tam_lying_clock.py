# expect: TLE
# must-not: believe a clock that the submission may replace
# why: quadratic in one quick call after another, behind a clock that stands still
import time

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best

time.thread_time_ns = lambda: 1


def solve(nums, k):
    n = min(len(nums), 2048)
    text = bytes(n)
    for _ in range(n):
        text.count(b"x")
    return right(nums, k)
