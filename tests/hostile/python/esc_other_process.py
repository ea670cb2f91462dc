# expect: AC
# must-not: start a process
# why: every way to another program
import os
import subprocess


def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    tries = (
        lambda: os.system("touch /tmp/rehearse_canary_py"),
        lambda: os.fork(),
        lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "touch /tmp/rehearse_canary_py"], {}),
        lambda: subprocess.run(["/bin/sh", "-c", "touch /tmp/rehearse_canary_py"]),
        lambda: os.execv("/bin/sh", ["sh", "-c", "touch /tmp/rehearse_canary_py"]),
    )
    for attempt in tries:
        try:
            attempt()
        except OSError:
            pass
    return right(nums, k)
