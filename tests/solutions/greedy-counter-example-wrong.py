# rehearse: greedy-counter-example
# expect: WA
# Stops before the limit, which is among the amounts to be tried.
def greedy_counter_example(packs: list[int], limit: int) -> int | None:
    fewest = [0]
    rule = [0]
    for amount in range(1, limit):
        fits = [size for size in packs if size <= amount]
        fewest.append(1 + min(fewest[amount - size] for size in fits))
        rule.append(1 + rule[amount - max(fits)])
        if rule[amount] > fewest[amount]:
            return amount
    return None
