# rehearse: path-breaking-walls
#
# Step by step, remembering for each cell only the most charges with which it was reached so far:
# to come later and with no more charges is never of use.
def path_breaking_walls(grid: list[list[int]], k: int) -> int:
    rows, cols = len(grid), len(grid[0])
    charges = [[-1] * cols for _ in range(rows)]
    charges[0][0] = k
    cells = [(0, 0, k)]
    steps = 0
    while cells:
        reached = []
        for r, c, left in cells:
            if r == rows - 1 and c == cols - 1:
                return steps
            for y, x in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
                if 0 <= y < rows and 0 <= x < cols and left - grid[y][x] > charges[y][x]:
                    charges[y][x] = left - grid[y][x]
                    reached.append((y, x, charges[y][x]))
        cells = reached
        steps += 1
    return -1
