# rehearse: smallest-interval-per-query
# expect: WA
# Throws a span away on its last day already, as if it were open at its right end.
import heapq


def smallest_interval_per_query(intervals: list[tuple[int, int]], queries: list[int]) -> list[int]:
    spans = sorted(intervals)
    answer = [-1] * len(queries)
    holding: list[tuple[int, int]] = []
    next_span = 0
    for day, place in sorted((day, place) for place, day in enumerate(queries)):
        while next_span < len(spans) and spans[next_span][0] <= day:
            left, right = spans[next_span]
            heapq.heappush(holding, (right - left + 1, right))
            next_span += 1
        while holding and holding[0][1] <= day:
            heapq.heappop(holding)
        if holding:
            answer[place] = holding[0][0]
    return answer
