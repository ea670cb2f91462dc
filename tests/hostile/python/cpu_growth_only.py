# expect: TLE
# must-not: accept it because no case is slow
# why: right, and quick enough for every case; up to some size the work is quadratic
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    n = min(len(nums), 2100)
    waste = 0
    for _ in range(n // 4):
        for _ in range(n // 4):
            waste += 1
    return right(nums, k)
