# rehearse: pair-with-sum
# expect: WA
# Fills the map before asking it, and so lets a price of half the target be its own partner.
def pair_with_sum(nums: list[int], target: int) -> list[int]:
    place = {price: i for i, price in enumerate(nums)}
    for i, price in enumerate(nums):
        j = place.get(target - price)
        if j is not None:
            return sorted([i, j])
    return []
