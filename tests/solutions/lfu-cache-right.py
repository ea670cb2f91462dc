# rehearse: lfu-cache
#
# The keys with equal uses stand in one ordered dictionary, oldest use first. A use moves a key to
# the next one. The least number of uses goes up by one when its dictionary runs empty in this way,
# and back to one with every new key.
from collections import OrderedDict, defaultdict


class LfuCache:
    def __init__(self, capacity: int):
        self.capacity = capacity
        self.uses: dict[int, int] = {}
        self.shelves: defaultdict[int, OrderedDict[int, int]] = defaultdict(OrderedDict)
        self.least = 1

    def use(self, key: int) -> int:
        uses = self.uses[key]
        shelf = self.shelves[uses]
        value = shelf.pop(key)
        if not shelf:
            del self.shelves[uses]
            if uses == self.least:
                self.least += 1
        self.uses[key] = uses + 1
        self.shelves[uses + 1][key] = value
        return value

    def get(self, key: int) -> int:
        return self.use(key) if key in self.uses else -1

    def put(self, key: int, value: int) -> None:
        if key in self.uses:
            self.use(key)
            self.shelves[self.uses[key]][key] = value
            return
        if self.capacity == 0:
            return
        if len(self.uses) == self.capacity:
            dropped, _ = self.shelves[self.least].popitem(last=False)
            if not self.shelves[self.least]:
                del self.shelves[self.least]
            del self.uses[dropped]
        self.uses[key] = self.least = 1
        self.shelves[1][key] = value
