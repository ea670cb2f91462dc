# expect: AC
# must-not: reach anything
# why: sockets of every family
import socket


def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family)
            return -1
        except OSError:
            pass
    return right(nums, k)
