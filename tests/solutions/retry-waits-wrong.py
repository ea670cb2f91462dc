# rehearse: retry-waits
# expect: WA
# Skips a wait that does not fit into the budget and goes on with smaller ones, where the list should end.
MASK = (1 << 64) - 1


def retry_waits(client: int, base_ms: int, cap_ms: int, retries: int, budget_ms: int) -> list[int]:
    state = client & MASK
    ceiling = base_ms
    waits = []
    for _ in range(retries):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        z ^= z >> 31
        wait = (z >> 32) * (ceiling + 1) >> 32
        ceiling = min(2 * ceiling, cap_ms)
        if wait <= budget_ms:
            budget_ms -= wait
            waits.append(wait)
    return waits
