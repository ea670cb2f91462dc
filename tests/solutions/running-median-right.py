# rehearse: running-median
#
# The smaller half in a heap with its largest on top (negated), the larger half in one with its
# smallest on top. Each new value passes through both, so neither half can get a wrong one.
from heapq import heappush, heappushpop


class RunningMedian:
    def __init__(self):
        self.small: list[int] = []
        self.large: list[int] = []

    def add(self, x: int) -> None:
        if len(self.small) == len(self.large):
            heappush(self.small, -heappushpop(self.large, x))
        else:
            heappush(self.large, -heappushpop(self.small, -x))

    def median(self) -> float:
        if len(self.small) > len(self.large):
            return float(-self.small[0])
        return (self.large[0] - self.small[0]) / 2
