# rehearse: change-with-interval
#
# Four sums. Both answers are a change and its variance, dressed in the same way; the relative variance
# is the squared ratio of the shares times the sum of their own relative variances.
from math import sqrt


class ChangeReadout:
    def __init__(self, z: float):
        self.z = z
        self.users = [0, 0]
        self.conversions = [0, 0]

    def add(self, arm: int, users: int, conversions: int) -> None:
        self.users[arm] += users
        self.conversions[arm] += conversions

    def shares(self) -> tuple[float, float, float, float]:
        p1, p2 = (c / n for c, n in zip(self.conversions, self.users))
        n1, n2 = self.users
        return p1, p2, p1 * (1 - p1) / n1, p2 * (1 - p2) / n2

    def interval(self, change: float, variance: float) -> tuple[float, float, float]:
        reach = self.z * sqrt(variance)
        return 100 * change, 100 * (change - reach), 100 * (change + reach)

    def points(self) -> tuple[float, float, float] | None:
        if 0 in self.users:
            return None
        p1, p2, v1, v2 = self.shares()
        return self.interval(p2 - p1, v1 + v2)

    def percent(self) -> tuple[float, float, float] | None:
        if 0 in self.users or self.conversions[0] == 0:
            return None
        p1, p2, v1, v2 = self.shares()
        return self.interval(p2 / p1 - 1, (v2 + (p2 / p1) ** 2 * v1) / p1**2)
