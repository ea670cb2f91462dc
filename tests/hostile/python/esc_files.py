# expect: AC
# must-not: read or write a file of the machine
# why: opens, lists and writes
import os


def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    for path in ("/etc/passwd", "/root", "/home", "/tmp", "/usr/share", "/proc/1/environ"):
        try:
            os.stat(path) and (os.listdir(path) if os.path.isdir(path) else open(path).read())
            return -1
        except OSError:
            pass
    for path in ("/tmp/rehearse_canary_py", "rehearse_canary_py", "/dev/shm/rehearse_canary_py"):
        try:
            open(path, "w").write("x")
            return -1
        except OSError:
            pass
    return right(nums, k)
