# rehearse: bm25-top-k
# expect: WA
# df counts how often a word occurs in all documents, not in how many of them.
from collections import Counter, defaultdict
from heapq import nsmallest
from math import log


class Bm25:
    def __init__(self, documents: list[list[str]], k1: float, b: float):
        self.k1 = k1
        self.b = b
        self.lengths = [len(words) for words in documents]
        self.average = sum(self.lengths) / max(1, len(documents))
        self.df: Counter[str] = Counter()
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for document, words in enumerate(documents):
            self.df.update(words)
            for word, tf in Counter(words).items():
                self.postings[word].append((document, tf))

    def search(self, query: list[str], k: int) -> list[tuple[int, float]]:
        scores: dict[int, float] = defaultdict(float)
        n = len(self.lengths)
        for word in query:
            if word not in self.postings:
                continue
            idf = log(1 + max(0.0, n - self.df[word] + 0.5) / (self.df[word] + 0.5))
            for document, tf in self.postings[word]:
                length = self.lengths[document] / self.average
                scores[document] += idf * tf / (tf + self.k1 * (1 - self.b + self.b * length))
        return nsmallest(k, scores.items(), key=lambda item: (-item[1], item[0]))
