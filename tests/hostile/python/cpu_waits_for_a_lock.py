# expect: TLE
# must-not: count processor time only
# why: waits for a lock that it holds
import threading


def solve(nums, k):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return 0
