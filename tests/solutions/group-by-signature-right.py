# rehearse: group-by-signature
#
# The signature is not the sorted handle but how often each letter occurs, as a tuple of 26 counts.
from collections import defaultdict
from string import ascii_lowercase


def group_by_signature(words: list[str]) -> list[list[str]]:
    groups = defaultdict(list)
    for word in words:
        groups[tuple(map(word.count, ascii_lowercase))].append(word)
    return list(groups.values())
