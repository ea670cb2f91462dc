# rehearse: late-events
# expect: WA
# Forgets by the watermark from before the event, so what the event itself made late is still counted.
import heapq


class EventGate:
    def __init__(self, lateness_s: int):
        self.lateness_s = lateness_s
        self.latest: int | None = None
        self.seen: set[str] = set()
        self.by_time: list[tuple[int, str]] = []

    def offer(self, id: str, at_s: int) -> str:
        if self.latest is not None:
            watermark = self.latest - self.lateness_s
            while self.by_time and self.by_time[0][0] < watermark:
                self.seen.discard(heapq.heappop(self.by_time)[1])
            if at_s < watermark:
                return "late"
            self.latest = max(self.latest, at_s)
        else:
            self.latest = at_s
        if id in self.seen:
            return "repeated"
        self.seen.add(id)
        heapq.heappush(self.by_time, (at_s, id))
        return "new"

    def remembered(self) -> int:
        return len(self.seen)
