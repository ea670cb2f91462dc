# rehearse: count-islands
# expect: WA
# Trusts the IndexError to end the map, but row -1 is the last row and column -1 the last column.
def count_islands(grid: list[str]) -> int:
    seen = [[False] * len(row) for row in grid]
    islands = 0
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell == "0" or seen[r][c]:
                continue
            islands += 1
            todo = [(r, c)]
            while todo:
                y, x = todo.pop()
                try:
                    if grid[y][x] == "0" or seen[y][x]:
                        continue
                except IndexError:
                    continue
                seen[y][x] = True
                todo += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return islands
