# rehearse: pool-adjacent-violators
# expect: WA
# Starts from single rows: rows with equal scores and rising labels are never pooled.
def isotonic_fit(scores: list[float], labels: list[int]) -> list[float]:
    blocks: list[tuple[int, int]] = []
    for label in labels:
        total, rows = label, 1
        while blocks and blocks[-1][0] * rows >= total * blocks[-1][1]:
            before = blocks.pop()
            total += before[0]
            rows += before[1]
        blocks.append((total, rows))
    return [total / rows for total, rows in blocks for _ in range(rows)]
