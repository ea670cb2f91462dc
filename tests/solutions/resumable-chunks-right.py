# rehearse: resumable-chunks
# One map holds every chunk from the first gap on: its newest attempt with the sums so far, or None when it counts.
class ChunkLedger:
    def __init__(self):
        self._chunks: dict[int, tuple[int, dict[str, int]] | None] = {}
        self._totals: dict[str, int] = {}
        self._next = 0

    def _rows(self, chunk: int, attempt: int) -> dict[str, int] | None:
        """The sums that this attempt may add to, or None if it has no say."""
        if chunk < self._next:
            return None
        entry = self._chunks.get(chunk, (0, {}))
        if entry is None or attempt < entry[0]:
            return None
        if attempt > entry[0]:
            entry = self._chunks[chunk] = (attempt, {})
        return entry[1]

    def write(self, chunk: int, attempt: int, key: str, amount: int) -> None:
        rows = self._rows(chunk, attempt)
        if rows is not None:
            rows[key] = rows.get(key, 0) + amount

    def commit(self, chunk: int, attempt: int) -> bool:
        rows = self._rows(chunk, attempt)
        if rows is None:
            return False
        for key, amount in rows.items():
            self._totals[key] = self._totals.get(key, 0) + amount
        self._chunks[chunk] = None
        while self._next in self._chunks and self._chunks[self._next] is None:
            del self._chunks[self._next]
            self._next += 1
        return True

    def total(self, key: str) -> int:
        return self._totals.get(key, 0)

    def next_chunk(self) -> int:
        return self._next
