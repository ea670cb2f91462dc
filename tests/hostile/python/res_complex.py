# expect: WA
# must-not: take the real part of it
# why: a number with an imaginary part of zero
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    return complex(right(nums, k))
