# rehearse: cheapest-path-01
# expect: WA
# Marks a place when it is first put into the deque, and never lets a cheaper way to it in later.
from collections import deque

STEP = {">": (0, 1), "<": (0, -1), "v": (1, 0), "^": (-1, 0)}


def cheapest_path_01(signs: list[str]) -> int:
    rows, cols = len(signs), len(signs[0])
    seen = {(0, 0)}
    todo = deque([(0, 0, 0)])
    while todo:
        turned, r, c = todo.popleft()
        if (r, c) == (rows - 1, cols - 1):
            return turned
        for sign, (down, right) in STEP.items():
            place = (r + down, c + right)
            if place in seen or not (0 <= place[0] < rows and 0 <= place[1] < cols):
                continue
            seen.add(place)
            if sign == signs[r][c]:
                todo.appendleft((turned, *place))
            else:
                todo.append((turned + 1, *place))
    return -1
