# expect: AC
# must-not: end with an error, or reach a report as it is
# why: prints halves of letters
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    print("\ud800\udfff\udc80" * 10, "\u202e\x9b31m\x7f")
    return right(nums, k)
