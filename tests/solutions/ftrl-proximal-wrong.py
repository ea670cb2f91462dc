# rehearse: ftrl-proximal
# expect: WA
# Adds g² to n first: the weight in the update is then no longer the one that made the prediction.
from math import copysign, exp, sqrt


class FtrlProximal:
    def __init__(self, alpha: float, beta: float, l1: float, l2: float):
        self.alpha, self.beta, self.l1, self.l2 = alpha, beta, l1, l2
        self.z: dict[int, float] = {}
        self.n: dict[int, float] = {}

    def weight(self, feature: int) -> float:
        z = self.z.get(feature, 0.0)
        if abs(z) <= self.l1:
            return 0.0
        rate = (self.beta + sqrt(self.n[feature])) / self.alpha + self.l2
        return -(z - copysign(self.l1, z)) / rate

    def predict(self, features: list[tuple[int, float]]) -> float:
        s = sum(self.weight(feature) * x for feature, x in features)
        return 1 / (1 + exp(-s)) if s > -700 else 0.0

    def learn(self, features: list[tuple[int, float]], label: int) -> float:
        p = self.predict(features)
        for feature, x in features:
            g = (p - label) * x
            before = self.n.get(feature, 0.0)
            self.n[feature] = before + g * g
            sigma = (sqrt(self.n[feature]) - sqrt(before)) / self.alpha
            self.z[feature] = self.z.get(feature, 0.0) + g - sigma * self.weight(feature)
        return p
