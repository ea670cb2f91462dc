# expect: CE
# must-not: be called a runtime error
# why: a feature that there is not
from __future__ import right_answers


def solve(nums, k):
    return nums[0]
