# rehearse: request-coalescer
# One routine closes the open batch at a given time; every rule is a reason to call it, and no clock is walked.
class Coalescer:
    def __init__(self, max_items: int, max_wait_ms: int):
        self.max_items = max_items
        self.max_wait_ms = max_wait_ms
        self.open: list[int] = []
        self.room = max_items
        self.deadline = 0

    def _leave(self, at_ms: int) -> tuple[int, list[int]]:
        batch = (at_ms, self.open)
        self.open, self.room = [], self.max_items
        return batch

    def add(self, request: int, items: int, at_ms: int) -> list[tuple[int, list[int]]]:
        left = self.tick(at_ms)
        if items > self.room:
            left.append(self._leave(at_ms))
        if not self.open:
            self.deadline = at_ms + self.max_wait_ms
        self.open.append(request)
        self.room -= items
        if self.room == 0 or self.max_wait_ms == 0:
            left.append(self._leave(at_ms))
        return left

    def tick(self, now_ms: int) -> list[tuple[int, list[int]]]:
        if self.open and now_ms >= self.deadline:
            return [self._leave(self.deadline)]
        return []
