# rehearse: expiry-index
#
# A heap of (deadline, report) in which old deadlines stay behind when a claim is renewed or released.
# What is not the report's deadline any more is skipped at the top; when most of the heap is of that
# kind it is made anew, which the calls that left it behind have paid for.
import heapq


class ClaimBoard:
    def __init__(self):
        self.deadlines: dict[str, int] = {}
        self.heap: list[tuple[int, str]] = []

    def claim(self, report: str, until_s: int) -> None:
        if self.deadlines.get(report) == until_s:
            return
        self.deadlines[report] = until_s
        heapq.heappush(self.heap, (until_s, report))
        self.tidy()

    def release(self, report: str) -> bool:
        if self.deadlines.pop(report, None) is None:
            return False
        self.tidy()
        return True

    def lapsed(self, now_s: int, most: int) -> list[str]:
        reports: list[str] = []
        while len(reports) < most:
            first = self.next_lapse()
            if first is None or first > now_s:
                break
            _, report = heapq.heappop(self.heap)
            del self.deadlines[report]
            reports.append(report)
        self.tidy()
        return reports

    def next_lapse(self) -> int | None:
        while self.heap and self.deadlines.get(self.heap[0][1]) != self.heap[0][0]:
            heapq.heappop(self.heap)
        return self.heap[0][0] if self.heap else None

    def tidy(self) -> None:
        if len(self.heap) > 2 * len(self.deadlines) + 8:
            self.heap = [(until_s, report) for report, until_s in self.deadlines.items()]
            heapq.heapify(self.heap)
