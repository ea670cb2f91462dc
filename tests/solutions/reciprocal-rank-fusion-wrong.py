# rehearse: reciprocal-rank-fusion
# expect: WA
# Sorts (score, id) backwards as one: equal scores then come with the larger id first.
from collections import defaultdict


def fuse_rankings(rankings: list[list[str]], offset: int, limit: int) -> list[tuple[str, float]]:
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] += 1 / (offset + rank)
    best = sorted(((score, id) for id, score in scores.items()), reverse=True)
    return [(id, score) for score, id in best[:limit]]
