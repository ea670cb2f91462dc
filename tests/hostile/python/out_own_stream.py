# expect: OLE
# must-not: depend on the stream that the submission may replace
# why: prints without end after it has thrown the limit's keeper away
import sys


def solve(nums, k):
    keeper = sys.stdout
    type(keeper).flush = lambda self: None
    while True:
        keeper.writelines(["x" * 1000] * 100)
