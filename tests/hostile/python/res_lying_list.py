# expect: WA
# must-not: ask the object how long it is or what it holds
# why: a list that says it holds what is wanted
class Sly(list):
    def __len__(self):
        return 1 << 62

    def __iter__(self):
        while True:
            yield 5

    def __getitem__(self, place):
        return 5

    __class__ = int


def solve(nums, k):
    return Sly([-1])
