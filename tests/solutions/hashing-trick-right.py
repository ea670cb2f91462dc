# rehearse: hashing-trick
#
# As it is written, with a mask wherever Python's whole numbers would grow beyond 64 bits.
MASK = 2**64 - 1


def fnv1a(name: str) -> int:
    h = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        h = (h ^ byte) * 0x100000001B3 & MASK
    return h


def hash_features(names: list[str], values: list[float], buckets: int) -> list[float]:
    row = [0.0] * buckets
    for name, value in zip(names, values):
        h = fnv1a(name)
        negative = (h * 0x9E3779B97F4A7C15 & MASK) >> 63
        row[h % buckets] += -value if negative else value
    return row
