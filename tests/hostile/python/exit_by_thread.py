# expect: RTE
# must-not: count the end as an answer
# why: a thread ends the process while the first one waits
import os
import threading


def solve(nums, k):
    other = threading.Thread(target=os._exit, args=(0,))
    other.start()
    other.join()
    return 0
