# expect: MLE
# must-not: take the machine's memory
# why: appends without end
def solve(nums, k):
    kept = []
    while True:
        kept.append(bytes(1 << 20))
