# rehearse: window-maximum
# expect: WA
# Lets the front of the deque go one step too late: its windows have k + 1 values.
from collections import deque


def window_maximum(nums: list[int], k: int) -> list[int]:
    waiting: deque[int] = deque()
    answer = []
    for i, value in enumerate(nums):
        while waiting and nums[waiting[-1]] <= value:
            waiting.pop()
        waiting.append(i)
        if waiting[0] < i - k:
            waiting.popleft()
        if i >= k - 1:
            answer.append(nums[waiting[0]])
    return answer
