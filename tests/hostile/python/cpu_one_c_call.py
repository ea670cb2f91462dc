# expect: TLE
# must-not: outlive its limit
# why: one call of the library that never looks up
def solve(nums, k):
    return sum(range(10 ** 13))
