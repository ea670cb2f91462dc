#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""BM25 scores (a dense matrix product of numpy over scikit-learn's counts), LSA (its TfidfVectorizer
and numpy's full singular value decomposition) and metrics of rankings (scikit-learn's ndcg_score and average_precision_score): python3 make_retrieval.py > retrieval.json
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import average_precision_score, ndcg_score

rng = np.random.default_rng(20261127)


def texts(count, longest):
    return [" ".join(f"w{int(v)}" for v in rng.zipf(1.5, rng.integers(1, longest)) if v < 60) or "w1"
            for _ in range(count)]


def bm25():
    corpus, queries = texts(80, 30), texts(12, 6)
    vectorizer = CountVectorizer(token_pattern="[a-z0-9]+").fit(corpus)
    counts = vectorizer.transform(corpus).toarray().astype(float)
    asked = vectorizer.transform(queries).toarray().astype(float)
    length = counts.sum(axis=1)
    df = (counts > 0).sum(axis=0)
    idf = np.log1p((len(corpus) - df + 0.5) / (df + 0.5))
    cases = []
    for k1, b in ((0.9, 0.4), (1.2, 0.75), (2.0, 1.0), (0.0, 0.0)):
        norm = k1 * (1 - b + b * length / length.mean())
        saturation = np.divide(counts, counts + norm[:, None], out=np.zeros_like(counts),
                               where=counts > 0)
        cases.append({"k1": k1, "b": b, "scores": (asked @ (saturation * idf).T).tolist()})
    return {"corpus": corpus, "queries": queries, "cases": cases}


def metrics():
    cases = []
    for _ in range(20):
        n = int(rng.integers(5, 60))
        relevance = rng.choice([0, 0, 0, 1, 2, 3], n)
        relevance[rng.integers(n)] = 2
        order = rng.permutation(n)  # of documents, best first
        score = np.empty(n)
        score[order] = np.arange(n, 0, -1)
        cases.append({"relevance": relevance.tolist(), "order": order.tolist(),
                      "ndcg_10": ndcg_score([relevance], [score], k=10),
                      "ndcg_3": ndcg_score([relevance], [score], k=3),
                      "average_precision": average_precision_score(relevance > 0, score)})
    return cases


def lsa(corpus, queries, dims=12):
    vectorizer = TfidfVectorizer(token_pattern="[a-z0-9]+", sublinear_tf=True)
    matrix = vectorizer.fit_transform(corpus).toarray()
    _, values, axes = np.linalg.svd(matrix, full_matrices=False)

    def points(rows):
        at = rows @ axes[:dims].T
        return at / np.linalg.norm(at, axis=1, keepdims=True)

    asked = vectorizer.transform(queries).toarray()
    return {"singular_values": values[:dims].tolist(),
            "cosines": (points(asked) @ points(matrix).T).tolist()}


words = bm25()
out = {"made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
       "bm25": words, "lsa": lsa(words["corpus"], words["queries"]),
       "metrics": metrics()}
json.dump(out, sys.stdout)
print()
