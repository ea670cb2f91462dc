# rehearse: snapshot-array
# expect: WA
# Appends at every set and finds the first entry of a snapshot, so the first set before it counts, not the last.
from bisect import bisect_left
from collections import defaultdict


class SnapshotArray:
    def __init__(self, size: int):
        self._ids = defaultdict(lambda: [-1])
        self._values = defaultdict(lambda: [0])
        self._taken = 0

    def set(self, index: int, value: int) -> None:
        self._ids[index].append(self._taken)
        self._values[index].append(value)

    def snapshot(self) -> int:
        self._taken += 1
        return self._taken - 1

    def get(self, index: int, snapshot_id: int) -> int:
        ids = self._ids[index]
        at = bisect_left(ids, snapshot_id)
        if at == len(ids) or ids[at] != snapshot_id:
            at -= 1
        return self._values[index][at]
