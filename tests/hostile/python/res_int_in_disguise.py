# expect: WA
# must-not: lend its methods to the judge
# why: an int that says it is another
class Sly(int):
    def __index__(self):
        return 5

    def __int__(self):
        return 5

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def solve(nums, k):
    return Sly(-1)
