# rehearse: grid-sums
#
# Running sums along each row, added up down the columns: one table of the sums of all rectangles
# that begin in the upper left corner. Each question is four of its numbers.
from itertools import accumulate
from operator import add


class GridSums:
    def __init__(self, grid: list[list[int]]):
        above = [0] * (len(grid[0]) + 1)
        self.corner = [above]
        for row in grid:
            above = list(map(add, above, accumulate(row, initial=0)))
            self.corner.append(above)

    def sum(self, row1: int, col1: int, row2: int, col2: int) -> int:
        top, bottom = self.corner[row1], self.corner[row2 + 1]
        return bottom[col2 + 1] - bottom[col1] - top[col2 + 1] + top[col1]
