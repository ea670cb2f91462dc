# expect: MLE
# must-not: take the machine's memory
# why: a little that unpacks to forty megabytes
import zlib


def solve(nums, k):
    packer = zlib.compressobj(1)
    zeros = bytes(1 << 20)
    small = b"".join([packer.compress(zeros) for _ in range(40)] + [packer.flush()])
    return len(zlib.decompress(small)) + len(zlib.decompress(small))
