# expect: MLE
# must-not: believe a measure that the submission may replace
# why: keeps a box for every element, behind a tracemalloc of its own
import sys
import types

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best

false = types.ModuleType("tracemalloc")
false.start = false.stop = false.reset_peak = lambda: None
false.get_traced_memory = lambda: (0, 0)
sys.modules["tracemalloc"] = false


def solve(nums, k):
    kept = [[one, one + 1] for one in nums[:4000] for _ in range(4)]
    return right(nums, k) + (0 if kept else 1)
