# expect: TLE
# must-not: outlive its limit
# why: catches whatever is raised inside, for ever
def solve(nums, k):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
