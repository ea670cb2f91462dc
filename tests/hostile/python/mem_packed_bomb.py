# expect: MLE
# must-not: take the machine's memory
# why: a few kilobytes that unpack to megabytes, again and again
import zlib


def solve(nums, k):
    small = zlib.compress(bytes(4 << 20), 1)
    held = [zlib.decompress(small) for _ in range(16)]
    return len(held)
