# expect: OLE
# must-not: fill a disk
# why: prints without end
def solve(nums, k):
    while True:
        print("x" * 1000)
