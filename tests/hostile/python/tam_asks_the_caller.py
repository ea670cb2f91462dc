# expect: WA
# must-not: hold an answer in a frame, an object or the process's own text
# why: looks through every object for what a case might be kept in
import gc
import os


def solve(nums, k):
    for descriptor in range(4, 64):
        try:
            if os.read(descriptor, 1):
                return 5
        except OSError:
            pass
    for thing in gc.get_objects():
        name = type(thing).__name__.lower()
        if "case" in name or "answer" in name or "judge" in name:
            return 5
    return -1
