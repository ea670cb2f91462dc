# rehearse: reservoir-sample
#
# Instead of a draw for every item: how many items to skip until the next one enters is drawn at once.
# Think of each item as carrying a random number, the sample as the k smallest; `bar` is the largest
# of these, and an item enters with that probability.
from math import exp, log
from random import Random


class ReservoirSample:
    def __init__(self, k: int, seed: int):
        self.k = k
        self.restart(seed)

    def restart(self, seed: int) -> None:
        self.random = Random(seed)
        self.kept: list[int] = []
        self.bar = 1.0
        self.skip = 0

    def lower_bar(self) -> None:
        self.bar *= exp(log(1 - self.random.random()) / self.k)
        self.skip = int(log(1 - self.random.random()) / log(1 - self.bar)) if self.bar < 1 else 0

    def offer(self, item: int) -> None:
        if len(self.kept) < self.k:
            self.kept.append(item)
            if len(self.kept) == self.k:
                self.lower_bar()
        elif self.skip > 0:
            self.skip -= 1
        else:
            self.kept[self.random.randrange(self.k)] = item
            self.lower_bar()

    def sample(self) -> list[int]:
        return list(self.kept)
