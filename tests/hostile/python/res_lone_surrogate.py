# expect: RTE
# must-not: reach a report as it is
# why: half a letter as the answer
def solve(nums, k):
    return "\ud800]]>\x1b[2J"
