# expect: TLE
# must-not: outlive its limit
# why: never comes to the function
while True:
    pass


def solve(nums, k):
    return 1
