# rehearse: bandit-bookkeeping
#
# Two counters an arm. The best arms are listed once, and both the greedy choice and the propensities
# read that list, so the log cannot tell another story than the choice.
from math import sqrt


class Bandit:
    def __init__(self, arms: int, epsilon: float):
        self.epsilon = epsilon
        self.outcomes = [0] * arms
        self.wins = [0] * arms

    def outcome(self, arm: int, won: bool) -> None:
        self.outcomes[arm] += 1
        self.wins[arm] += won

    def means(self) -> list[float]:
        return [(w + 1) / (t + 2) for w, t in zip(self.wins, self.outcomes)]

    def best(self) -> list[int]:
        means = self.means()
        top = max(means)
        return [arm for arm, mean in enumerate(means) if mean == top]

    def greedy(self, u: float, v: float) -> int:
        if u < self.epsilon:
            return int(v * len(self.wins))
        best = self.best()
        return best[int(v * len(best))]

    def thompson(self, noise: list[float]) -> int:
        draws = [
            mean + x * sqrt(mean * (1 - mean) / (t + 3))
            for mean, x, t in zip(self.means(), noise, self.outcomes)
        ]
        return draws.index(max(draws))

    def propensities(self) -> list[float]:
        chances = [self.epsilon / len(self.wins)] * len(self.wins)
        best = self.best()
        for arm in best:
            chances[arm] += (1 - self.epsilon) / len(best)
        return chances
