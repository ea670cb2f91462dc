# expect: MLE
# must-not: take the machine's memory
# why: half a megabyte that unpacks to two hundred
import zlib


def solve(nums, k):
    packer = zlib.compressobj(1)
    zeros = bytes(1 << 20)
    small = b"".join([packer.compress(zeros) for _ in range(100)] + [packer.flush()])
    return len(zlib.decompress(small)) + len(zlib.decompress(small))
