# rehearse: lru-cache
# expect: WA
# Makes room before it looks whether the key is there: replacing a value drops another key.
from collections import OrderedDict


class LruCache:
    def __init__(self, capacity: int):
        self.capacity = capacity
        self.values: OrderedDict[int, int] = OrderedDict()

    def get(self, key: int) -> int:
        if key not in self.values:
            return -1
        self.values.move_to_end(key)
        return self.values[key]

    def put(self, key: int, value: int) -> None:
        if self.capacity == 0:
            return
        if len(self.values) == self.capacity:
            self.values.popitem(last=False)
        self.values[key] = value
        self.values.move_to_end(key)
