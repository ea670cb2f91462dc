# rehearse: versioned-store
#
# Nothing is ever replaced: each key has its times and its values in the order of the calls. The
# times never descend, and of equal ones bisect_right finds the last.
from bisect import bisect_right
from collections import defaultdict


class VersionedStore:
    def __init__(self):
        self.times: dict[str, list[int]] = defaultdict(list)
        self.values: dict[str, list[str]] = defaultdict(list)

    def set(self, key: str, value: str, time: int) -> None:
        self.times[key].append(time)
        self.values[key].append(value)

    def get(self, key: str, time: int) -> str:
        place = bisect_right(self.times.get(key, []), time)
        return self.values[key][place - 1] if place > 0 else ""
