# expect: CE
# must-not: be run
# why: the function has another name
def Solve(nums, k):
    return 1
