# rehearse: hits-in-window
# expect: WA
# Remembers the latest time of the votes, and not that of the page views.
from collections import deque


class HitCounter:
    def __init__(self, window_s: int):
        self.window = window_s
        self.latest = 0
        self.seconds: deque[list[int]] = deque()
        self.total = 0

    def hit(self, at_s: int) -> None:
        self.latest = max(self.latest, at_s)
        self.drop(self.latest)
        if self.seconds and self.seconds[-1][0] == self.latest:
            self.seconds[-1][1] += 1
        else:
            self.seconds.append([self.latest, 1])
        self.total += 1

    def count(self, now_s: int) -> int:
        self.drop(max(self.latest, now_s))
        return self.total

    def drop(self, now: int) -> None:
        while self.seconds and self.seconds[0][0] <= now - self.window:
            self.total -= self.seconds.popleft()[1]
