# rehearse: cosine-top-k
#
# Similarities are made one by one, and nsmallest never holds more than k of them. hypot is the length.
from heapq import nsmallest
from math import hypot


def cosine_top_k(
    vectors: list[list[float]], query: list[float], k: int
) -> list[tuple[int, float]]:
    query_length = hypot(*query)

    def similarity(vector: list[float]) -> float:
        length = hypot(*vector) * query_length
        return sum(u * v for u, v in zip(vector, query)) / length if length > 0 else 0.0

    ranked = ((-similarity(vector), place) for place, vector in enumerate(vectors))
    return [(place, -negated) for negated, place in nsmallest(k, ranked)]
