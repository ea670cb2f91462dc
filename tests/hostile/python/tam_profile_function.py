# expect: WA
# must-not: let it see or change an answer on its way
# why: a profile function that would put another value into the harness's frames
import ctypes
import sys


def solve(nums, k):
    def watch(frame, event, value):
        if "expected" in frame.f_locals:
            frame.f_locals["expected"] = -1
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))

    sys.setprofile(watch)
    return -1
