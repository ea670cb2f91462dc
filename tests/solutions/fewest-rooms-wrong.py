# rehearse: fewest-rooms
# expect: WA
# Frees a room only when its meeting ended before the next one starts, not at that very moment.
import heapq


def fewest_rooms(meetings: list[tuple[int, int]]) -> int:
    ends: list[int] = []
    for start, end in sorted(meetings):
        if ends and ends[0] < start:
            heapq.heapreplace(ends, end)
        else:
            heapq.heappush(ends, end)
    return len(ends)
