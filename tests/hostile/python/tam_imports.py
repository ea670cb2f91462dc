# expect: AC
# must-not: give it to the next case in another shape
# why: puts modules of its own where the harness looks for its own
import sys
import types

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    for name in ("random", "tracemalloc", "json"):
        false = types.ModuleType(name)
        false.seed = lambda *a: None
        false.start = false.stop = false.reset_peak = lambda: None
        false.get_traced_memory = lambda: (0, 0)
        sys.modules.setdefault("false_" + name, false)
    return right(nums, k)
