# expect: WA
# must-not: pass for a number
# why: True is an int in Python
def solve(nums, k):
    return True
