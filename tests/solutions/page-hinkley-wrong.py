# rehearse: page-hinkley
# expect: WA
# An alarm clears the evidence only: the mean of the time before lives on.
from math import isnan


class PageHinkley:
    def __init__(self, delta: float, threshold: float, keep: float, least_readings: int):
        self.delta = delta
        self.threshold = threshold
        self.keep = keep
        self.least_readings = least_readings
        self.readings = 0
        self.total = 0.0
        self.m = 0.0
        self.smallest = 0.0

    def add(self, x: float) -> bool:
        if isnan(x):
            return False
        self.readings += 1
        self.total += x
        self.m = self.keep * self.m + (x - self.total / self.readings - self.delta)
        self.smallest = min(self.smallest, self.m)
        if self.evidence() <= self.threshold or self.readings < self.least_readings:
            return False
        self.m = self.smallest = 0.0
        return True

    def evidence(self) -> float:
        return self.m - self.smallest
