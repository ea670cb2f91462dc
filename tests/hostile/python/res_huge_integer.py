# expect: WA
# must-not: wrap round to the right answer
# why: the right answer plus 2 to the 64
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    return right(nums, k) + (1 << 64)
