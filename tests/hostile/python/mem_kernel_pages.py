# expect: MLE
# must-not: count the interpreter's own objects only
# why: maps memory without a file, fills it and gives it back
import mmap

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    try:
        room = mmap.mmap(-1, 100 << 20)
        part = b"x" * (1 << 20)
        for _ in range(100):
            room.write(part)
        room.close()
    except (OSError, ValueError):
        raise MemoryError
    return right(nums, k)
