# rehearse: bin-ring
# expect: WA
# Clears only the slot of the new bin: the bins that were jumped over keep the sums of the last round.
class BinRing:
    def __init__(self, bins: int, bin_s: int):
        self.bins = bins
        self.bin_s = bin_s
        self.sums = [0] * bins
        self.newest: int | None = None

    def see(self, at_s: int) -> int:
        bin = at_s // self.bin_s
        if self.newest is None or bin > self.newest:
            self.newest = bin
            self.sums[bin % self.bins] = 0
        return bin

    def add(self, at_s: int, amount: int) -> bool:
        bin = self.see(at_s)
        if bin <= self.newest - self.bins:
            return False
        self.sums[bin % self.bins] += amount
        return True

    def total(self, now_s: int) -> int:
        self.see(now_s)
        return sum(self.sums)
