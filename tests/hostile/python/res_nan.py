# expect: WA
# must-not: find it equal to anything
# why: no number at all
def solve(nums, k):
    return float("nan")
