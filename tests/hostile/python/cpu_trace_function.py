# expect: TLE
# must-not: outlive the limit
# why: a trace function that is called at every line, and does not come back
import sys


def solve(nums, k):
    def trace(frame, event, value):
        while True:
            pass

    sys.settrace(trace)
    return max(nums)
