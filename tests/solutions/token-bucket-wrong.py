# rehearse: token-bucket
# expect: WA
# Lets the clock step back: the seconds until it has caught up are paid out twice.
class TokenBucket:
    def __init__(self, capacity: int, refill_per_s: float):
        self.capacity = capacity
        self.rate = refill_per_s
        self.tokens = float(capacity)
        self.last_s = 0.0

    def allow(self, now_s: float, cost: int) -> bool:
        passed_s = max(0.0, now_s - self.last_s)
        self.tokens = min(self.capacity, self.tokens + passed_s * self.rate)
        self.last_s = now_s
        if cost > self.tokens:
            return False
        self.tokens -= cost
        return True
