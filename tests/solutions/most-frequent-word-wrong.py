# rehearse: most-frequent-word
# expect: WA
# Its pattern knows only one apostrophe at a time between letters.
import re
from collections import Counter


def most_frequent_word(text: str, ignored: list[str]) -> str:
    words = re.findall(r"[a-z]+(?:'[a-z]+)*", re.sub(r"[A-Z]", lambda m: m[0].lower(), text))
    skip = set(ignored)
    uses = Counter(word for word in words if word not in skip)
    return min(uses, key=lambda word: (-uses[word], word), default="")
