# rehearse: k-most-frequent
# expect: WA
# Leaves ties to the library, which keeps the order of first appearance, not the alphabet's.
from collections import Counter


def k_most_frequent(words: list[str], k: int) -> list[str]:
    return [word for word, _ in Counter(words).most_common(k)]
