# expect: RTE
# must-not: wait for what runs at the end
# why: asks for a loop at the end, and raises the end
import atexit


def solve(nums, k):
    def stays():
        while True:
            pass

    atexit.register(stays)
    raise SystemExit(0)
