# expect: WA
# must-not: print to a terminal
# why: opens the descriptors that the interpreter began with, and prints there
import os
import sys


def solve(nums, k):
    for descriptor in (0, 1, 2):
        try:
            with os.fdopen(os.dup(descriptor), "w") as stream:
                stream.write("\x1b[2JAC\n")
        except OSError:
            pass
    sys.stdout = sys.stderr = None
    print("to nobody")
    return -1
