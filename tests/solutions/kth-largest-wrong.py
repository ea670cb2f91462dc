# rehearse: kth-largest
# expect: WA
# Begins with k zeros on the heap, as if no score could be negative.
import heapq


def kth_largest(nums: list[int], k: int) -> int:
    best = [0] * k
    for score in nums:
        if score > best[0]:
            heapq.heapreplace(best, score)
    return best[0]
