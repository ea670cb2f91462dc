# rehearse: count-min
#
# Rows of counters, each with a hash of its own, all made of one salted digest. `add` raises a counter
# only as far as the key's new estimate needs it: that keeps every counter at or above the counts of
# its keys, and collisions do less harm.
from hashlib import blake2b
from math import ceil, e, log
from secrets import token_bytes


class CountMin:
    def __init__(self, epsilon: float, delta: float):
        self.width = ceil(e / epsilon)
        self.rows = [[0] * self.width for _ in range(ceil(log(1 / delta)))]
        self.salt = token_bytes(16)

    def places(self, key: str) -> list[int]:
        digest = int.from_bytes(blake2b(key.encode(), digest_size=64, salt=self.salt).digest(), "big")
        return [(digest >> (64 * r)) % 2**64 % self.width for r in range(len(self.rows))]

    def add(self, key: str, count: int) -> None:
        places = self.places(key)
        needed = count + min(row[place] for row, place in zip(self.rows, places))
        for row, place in zip(self.rows, places):
            row[place] = max(row[place], needed)

    def estimate(self, key: str) -> int:
        return min(row[place] for row, place in zip(self.rows, self.places(key)))
