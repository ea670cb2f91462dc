# expect: TLE
# must-not: outlive the limit
# why: an object whose end never comes
class Stays:
    def __del__(self):
        while True:
            pass


def solve(nums, k):
    stays = Stays()
    del stays
    return 0
