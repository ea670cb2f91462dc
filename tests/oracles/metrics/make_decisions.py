#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of scikit-learn for metrics of decisions and of ranked lists: python3 make_decisions.py > decisions.json

scikit-learn's ndcg_score takes linear gains and means over ties, one query at a time.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn import metrics as m

rng = np.random.default_rng(20260603)


def decisions(name, n, base, threshold, weighted=False):
    p = rng.beta(1, 1 / base - 1, n)
    y = (rng.random(n) < p).astype(int)
    y[0], y[1], p[0] = 1, 0, 0.99
    w = rng.gamma(2.0, 1.0, n) if weighted else None
    d = (p >= threshold).astype(int)
    return {
        "name": name, "threshold": threshold, "scores": p.tolist(), "labels": y.tolist(),
        "weights": None if w is None else w.tolist(),
        "accuracy": m.accuracy_score(y, d, sample_weight=w),
        "balanced_accuracy": m.balanced_accuracy_score(y, d, sample_weight=w),
        "precision": m.precision_score(y, d, sample_weight=w),
        "recall": m.recall_score(y, d, sample_weight=w),
        "f1": m.f1_score(y, d, sample_weight=w),
        "f2": m.fbeta_score(y, d, beta=2, sample_weight=w),
        "f0.5": m.fbeta_score(y, d, beta=0.5, sample_weight=w),
        "mcc": m.matthews_corrcoef(y, d, sample_weight=w),
    }


def queries(name, count, docs, k, levels=None):
    query, relevance, score, ndcg = [], [], [], []
    for q in range(count):
        n = int(rng.integers(2, docs))
        rel = rng.integers(0, 4, n).astype(float)
        s = rng.normal(0, 1, n) if levels is None else rng.integers(0, levels, n).astype(float)
        query += [q] * n
        relevance += rel.tolist()
        score += s.tolist()
        if rel.max() > 0:
            ndcg.append(m.ndcg_score([rel], [s], k=k, ignore_ties=levels is None))
    return {"name": name, "k": k, "ties": "none" if levels is None else "mean", "query": query,
            "relevance": relevance, "score": score, "ndcg": float(np.mean(ndcg)),
            "undefined": count - len(ndcg)}


json.dump({
    "sklearn": sklearn.__version__,
    "decisions": [decisions("balanced", 200, 0.5, 0.5), decisions("rare", 400, 0.05, 0.1),
                  decisions("weighted", 250, 0.3, 0.4, weighted=True)],
    "queries": [queries("no ties", 40, 12, 5), queries("one k", 30, 9, 1),
                queries("ties", 40, 12, 5, levels=3), queries("all tied", 20, 10, 3, levels=1)],
}, sys.stdout)
