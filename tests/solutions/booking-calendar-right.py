# rehearse: booking-calendar
#
# A skip list of the accepted slots. The last one that starts before the new slot's stop is the only
# one that needs a look: slots do not overlap, so it is also the one that stops last.
import random

LEVELS = 20


class BookingCalendar:
    def __init__(self):
        # A node is (start, stop, next node on each of its levels).
        self.head = (float("-inf"), float("-inf"), [None] * LEVELS)

    def book(self, start: int, stop: int) -> bool:
        node = self.head
        before = [node] * LEVELS
        for level in reversed(range(LEVELS)):
            while (following := node[2][level]) is not None and following[0] < stop:
                node = following
            before[level] = node
        if node[1] > start:
            return False
        height = 1
        while height < LEVELS and random.random() < 0.5:
            height += 1
        new = (start, stop, [before[level][2][level] for level in range(height)])
        for level in range(height):
            before[level][2][level] = new
        return True
