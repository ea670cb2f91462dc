# expect: WA
# must-not: be run by the judge
# why: an answer that would go on for ever
def solve(nums, k):
    while True:
        yield 1
