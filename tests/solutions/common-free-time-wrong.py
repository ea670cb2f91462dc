# rehearse: common-free-time
# expect: WA
# Watches the window's beginning only: before a booking behind the window the gap runs on beyond it.
def common_free_time(busy: list[list[tuple[int, int]]], opens: int, closes: int) -> list[tuple[int, int]]:
    free = []
    free_from = opens
    for start, stop in sorted(booking for host in busy for booking in host):
        if start > free_from:
            free.append((free_from, start))
        free_from = max(free_from, stop)
    if free_from < closes:
        free.append((free_from, closes))
    return free
