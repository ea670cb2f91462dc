# expect: WA
# must-not: spoil what is expected
# why: changes the list that it is given
def solve(nums, k):
    for i in range(len(nums)):
        nums[i] = 0
    return 0
