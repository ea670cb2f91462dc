# rehearse: seats-on-route
#
# Trips by where they begin, with a heap of the groups on board by where they get off: before a
# group gets on, all those leave whose kilometre has come.
import heapq
from operator import itemgetter


def seats_on_route(trips: list[tuple[int, int, int]], seats: int) -> bool:
    on_board: list[tuple[int, int]] = []
    for people, begin, end in sorted(trips, key=itemgetter(1)):
        while on_board and on_board[0][0] <= begin:
            seats += heapq.heappop(on_board)[1]
        seats -= people
        if seats < 0:
            return False
        heapq.heappush(on_board, (end, people))
    return True
