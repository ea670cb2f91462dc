# expect: OLE
# must-not: grow the judge
# why: small where it was made, and endless when it is written out
def solve(nums, k):
    wide = ["long" * 1000] * 1000
    for _ in range(8):
        wide = [wide] * 1000
    return wide
