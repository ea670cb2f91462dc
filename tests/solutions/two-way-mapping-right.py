# rehearse: two-way-mapping
#
# Count instead of looking up: the exchange is one to one just when there are as many different
# pairs as there are different characters on each side.
def two_way_mapping(a: str, b: str) -> bool:
    return len(a) == len(b) and len(set(zip(a, b))) == len(set(a)) == len(set(b))
