# expect: AC
# must-not: change what the next submission imports (WA here means it could)
# why: writes beside the library's modules, and into their cache
import importlib.util
import os
import random

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    folder = os.path.dirname(random.__file__)
    for path in (os.path.join(folder, "rehearse_canary_py.py"), random.__file__,
                 importlib.util.cache_from_source(random.__file__)):
        try:
            os.close(os.open(path, os.O_WRONLY | (0 if path == random.__file__ else os.O_CREAT), 0o600))
            return -1
        except OSError:
            pass
    for change in (lambda: os.chmod(folder, 0o777), lambda: os.rename(random.__file__, random.__file__),
                   lambda: os.symlink("/etc/passwd", os.path.join(folder, "rehearse_canary_py")),
                   lambda: os.chdir("/"), lambda: os.chroot("."), lambda: os.mkdir("/tmp/rehearse_canary_py")):
        try:
            change()
            return -1
        except OSError:
            pass
    return right(nums, k)
