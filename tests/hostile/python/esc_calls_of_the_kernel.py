# expect: AC
# must-not: answer one of them with anything but a refusal (WA here means it did)
# why: calls by their numbers, around every module
import ctypes

def right(nums, k):
    s = sum(nums[:k])
    best = s
    for i in range(k, len(nums)):
        s += nums[i] - nums[i - k]
        best = max(best, s)
    return best


def solve(nums, k):
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    room = ctypes.create_string_buffer(256)
    for number, arguments in (
        (41, (2, 1, 0)), (57, ()), (58, ()), (62, (-1, 0)), (101, (0, 0, 0, 0)), (112, ()),
        (157, (4, 1, 0, 0, 0)), (165, (0, b"/", 0, 0, 0)), (272, (0x10000000,)), (298, (room, 0, -1, -1, 0)),
        (310, (1, room, 1, room, 1, 0)), (317, (2, 0, room)), (319, (b"x", 0)), (321, (5, room, 8)),
        (323, (0,)), (425, (4, room)), (434, (1, 0)), (435, (room, 88)), (437, (-100, b"/etc/passwd", room, 24)),
        (0x40000000 + 39, ()),
    ):
        got = call(*[ctypes.c_long(number)] + [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
        if got == 0 and number in (57, 58):
            import os
            os._exit(0)
        if got >= 0:
            return -1
    return right(nums, k)
