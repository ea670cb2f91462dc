# expect: WA
# must-not: pass for a number
# why: the right digits as text
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    return str(right(nums, k))
