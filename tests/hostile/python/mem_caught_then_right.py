# expect: MLE|AC
# must-not: differ from run to run
# why: runs out of memory, catches it, frees it, answers right
def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    try:
        bytearray(1 << 40)
    except MemoryError:
        pass
    return right(nums, k)
