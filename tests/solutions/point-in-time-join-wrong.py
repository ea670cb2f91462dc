# rehearse: point-in-time-join
# expect: WA
# Finds the newest row by event time and only then asks whether it had arrived: if not, the older row
# that was known is not looked for.
from bisect import bisect_right
from collections import defaultdict


def point_in_time_join(
    events: list[tuple[str, int]], rows: list[tuple[str, int, int]], ttl_s: int
) -> list[int]:
    by_key: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for index, (key, event_time, arrival_time) in enumerate(rows):
        by_key[key].append((event_time, arrival_time, index))
    for listed in by_key.values():
        listed.sort()

    answer = []
    for key, at in events:
        listed = by_key.get(key, [])
        place = bisect_right(listed, (at, float("inf"), 0))
        found = -1
        if place > 0:
            event_time, arrival_time, index = listed[place - 1]
            if arrival_time <= at and at - event_time <= ttl_s:
                found = index
        answer.append(found)
    return answer
