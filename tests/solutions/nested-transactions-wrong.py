# rehearse: nested-transactions
# expect: WA
# An inner commit throws its undo log away, so the transaction around it cannot undo those changes.
class ConfigStore:
    def __init__(self):
        self.values: dict[str, str] = {}
        self.holders: dict[str, int] = {}
        self.logs: list[list[tuple[str, str | None]]] = []

    def put(self, key: str, value: str | None) -> str | None:
        before = self.values.pop(key, None)
        if before is not None:
            self.holders[before] -= 1
        if value is not None:
            self.values[key] = value
            self.holders[value] = self.holders.get(value, 0) + 1
        return before

    def write(self, key: str, value: str | None) -> None:
        before = self.put(key, value)
        if self.logs:
            self.logs[-1].append((key, before))

    def set(self, key: str, value: str) -> None:
        self.write(key, value)

    def get(self, key: str) -> str | None:
        return self.values.get(key)

    def remove(self, key: str) -> bool:
        if key not in self.values:
            return False
        self.write(key, None)
        return True

    def count(self, value: str) -> int:
        return self.holders.get(value, 0)

    def begin(self) -> None:
        self.logs.append([])

    def commit(self) -> bool:
        if not self.logs:
            return False
        self.logs.pop()
        return True

    def rollback(self) -> bool:
        if not self.logs:
            return False
        for key, before in reversed(self.logs.pop()):
            self.put(key, before)
        return True
