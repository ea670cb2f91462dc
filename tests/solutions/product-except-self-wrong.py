# rehearse: product-except-self
# expect: WA
# Leaves the zeros out of the product and forgets that a second zero is still there.
from math import prod


def product_except_self(nums: list[int]) -> list[int]:
    product = prod(factor for factor in nums if factor)
    if 0 not in nums:
        return [product // factor for factor in nums]
    return [0 if factor else product for factor in nums]
