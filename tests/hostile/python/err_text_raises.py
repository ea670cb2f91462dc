# expect: RTE
# must-not: crash the harness
# why: the error cannot be shown
class Odd(Exception):
    def __str__(self):
        raise RuntimeError("no")


def solve(nums, k):
    raise Odd()
