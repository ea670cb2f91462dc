# expect: TLE
# must-not: time the second call on an input that it has seen
# why: quadratic up to a size that growth is measured at, but each input only once
import sys

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best

seen = sys.__dict__.setdefault("seen_inputs", set())


def solve(nums, k):
    name = (len(nums), nums[0], nums[-1], k)
    if name not in seen:
        seen.add(name)
        n = min(len(nums), 2048)
        waste = 0
        for _ in range(n // 4):
            for _ in range(n // 4):
                waste += 1
    return right(nums, k)
