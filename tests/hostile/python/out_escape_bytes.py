# expect: WA
# must-not: reach a terminal as they are
# why: prints bytes that command a terminal
def solve(nums, k):
    print("\x1b]0;owned\x07\x1b[31m\x00]]></system-out>")
    raise_later = -1
    return raise_later
