# expect: WA
# must-not: find an answer
# why: looks for the expected value through frames and the collector
import gc
import sys


def solve(nums, k):
    frame, seen = sys._getframe(), []
    while frame:
        for name in list(frame.f_locals):
            if "expect" in name:
                return frame.f_locals[name]
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict) and "expected" in thing:
            seen.append(thing)
    return -1
