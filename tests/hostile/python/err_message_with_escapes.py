# expect: RTE
# must-not: reach a terminal as they are
# why: the error's text commands a terminal
def solve(nums, k):
    raise ValueError("\x1b[2J]]>" + "x" * 100000)
