# rehearse: decayed-average
#
# One step towards the new value, of the share 1 - exp(-Δt / tau). expm1 keeps that exact where the
# samples come much closer together than tau.
from math import expm1, isfinite


class DecayedAverage:
    def __init__(self, tau_s: float):
        self.tau_s = tau_s
        self.average: float | None = None
        self.latest_s = 0.0

    def add(self, value: float, at_s: float) -> None:
        if not isfinite(value):
            return
        if self.average is None:
            self.average, self.latest_s = value, at_s
        elif at_s > self.latest_s:
            share = -expm1((self.latest_s - at_s) / self.tau_s)
            self.average += share * (value - self.average)
            self.latest_s = at_s

    def value(self) -> float | None:
        return self.average
