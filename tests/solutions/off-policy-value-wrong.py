# rehearse: off-policy-value
# expect: WA
# Leaves broken rows out and goes on, as if the rest of such a log could be trusted.
def off_policy_value(
    log: list[tuple[float, float, float]], cap: float
) -> tuple[float, float, float] | None:
    rows = [(min(target / logged, cap), reward) for logged, target, reward in log if logged > 0]
    weights = sum(w for w, _ in rows)
    if weights == 0:
        return None
    rewards = sum(w * reward for w, reward in rows)
    return rewards / len(rows), rewards / weights, weights**2 / sum(w * w for w, _ in rows)
