# expect: CE
# must-not: crash the harness
# why: says that it is written in letters that it is not written in
# -*- coding: utf-7 -*-
def solve(nums, k):
    return "\udc80" + +AGE-
