# rehearse: experiment-arms
# Sorts the tickets and walks the arms beside them, in place of a search per user; the common prefixes are hashed once.
MASK = (1 << 64) - 1


def fnv(h: int, text: str) -> int:
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    return h


def number(prefix: int, user: str) -> int:
    h = fnv(prefix, user)
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ h >> 27) * 0x94D049BB133111EB & MASK
    return (h ^ h >> 31) >> 32


def experiment_arms(users: list[str], experiment: str, share_ppm: int, arms: list[tuple[str, int]]) -> list[str]:
    start = fnv(0xCBF29CE484222325, experiment)
    in_prefix, arm_prefix = fnv(start, "/in/"), fnv(start, "/arm/")
    weight = sum(w for _, w in arms)

    tickets = sorted(
        (number(arm_prefix, user) * weight >> 32, i)
        for i, user in enumerate(users)
        if number(in_prefix, user) * 1_000_000 >> 32 < share_ppm
    )
    result = [""] * len(users)
    arm, end = 0, arms[0][1]
    for ticket, i in tickets:
        while ticket >= end:
            arm += 1
            end += arms[arm][1]
        result[i] = arms[arm][0]
    return result
