# expect: MLE
# must-not: accept it because no case is too large
# why: right, but keeps a box for every element
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    kept = [[one, one + 1] for one in nums[:4000] for _ in range(4)]
    return right(nums, k) + (0 if kept else 1)
