# expect: RTE
# must-not: lead to a right answer
# why: other meanings for what the harness calls
import builtins


def solve(nums, k):
    builtins.isinstance = lambda thing, kind: True
    builtins.type = lambda thing: int
    builtins.len = lambda thing: 0
    return -1
