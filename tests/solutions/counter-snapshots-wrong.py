# rehearse: counter-snapshots
# expect: WA
# Copies the dictionary only: the counters in it are lists, which the snapshot then shares.
class CounterStore:
    def __init__(self, ttl_s: int):
        self.ttl_s = ttl_s
        self.counters: dict[str, list[int]] = {}
        self.snapshots: list[dict[str, list[int]]] = []

    def add(self, key: str, amount: int, now_s: int) -> None:
        counter = self.counters.get(key)
        if counter is None or now_s >= counter[1] + self.ttl_s:
            counter = self.counters[key] = [0, now_s]
        counter[0] += amount
        counter[1] = now_s

    def get(self, key: str, now_s: int) -> int:
        value, last = self.counters.get(key, (0, 0))
        return value if now_s < last + self.ttl_s else 0

    def alive(self, now_s: int) -> dict[str, int]:
        return {key: value for key, (value, last) in self.counters.items() if now_s < last + self.ttl_s}

    def snapshot(self, now_s: int) -> int:
        self.snapshots.append(
            {key: counter for key, counter in self.counters.items() if now_s < counter[1] + self.ttl_s}
        )
        return len(self.snapshots) - 1

    def restore(self, id: int, now_s: int) -> bool:
        if id >= len(self.snapshots):
            return False
        self.counters = dict(self.snapshots[id])
        return True
