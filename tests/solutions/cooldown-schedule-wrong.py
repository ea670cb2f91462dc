# rehearse: cooldown-schedule
# expect: WA
# Lays out rounds of gap + 1 ticks and forgets that there may be more tasks than fit into them.
from collections import Counter


def cooldown_schedule(tasks: list[str], gap: int) -> int:
    if not tasks:
        return 0
    pages = Counter(tasks).values()
    most = max(pages)
    return (most - 1) * (gap + 1) + sum(count == most for count in pages)
