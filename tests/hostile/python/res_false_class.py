# expect: WA
# must-not: believe what an object says that it is
# why: an object that says that it is an int
class Sly:
    __class__ = int

    def __index__(self):
        return 5

    __int__ = __index__

    def __eq__(self, other):
        return True

    __hash__ = None


def solve(nums, k):
    return Sly()
