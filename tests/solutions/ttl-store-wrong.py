# rehearse: ttl-store
# expect: WA
# A deadline that comes up in the heap takes the key away, though it was renewed in the meantime.
import heapq


class TtlStore:
    def __init__(self):
        self.values: dict[str, str] = {}
        self.deadlines: list[tuple[int, str]] = []

    def expire(self, now_s: int) -> None:
        while self.deadlines and self.deadlines[0][0] <= now_s:
            _, key = heapq.heappop(self.deadlines)
            self.values.pop(key, None)

    def set(self, key: str, value: str, ttl_s: int, now_s: int) -> None:
        self.expire(now_s)
        self.values[key] = value
        heapq.heappush(self.deadlines, (now_s + ttl_s, key))

    def get(self, key: str, now_s: int) -> str | None:
        self.expire(now_s)
        return self.values.get(key)

    def size(self, now_s: int) -> int:
        self.expire(now_s)
        return len(self.values)
