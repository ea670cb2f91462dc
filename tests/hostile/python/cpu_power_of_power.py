# expect: TLE
# must-not: outlive the limit
# why: one operator whose result has a thousand million digits
def solve(nums, k):
    return (7 ** (1 << 28)) % 10
