#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of scikit-learn 1.2.1 for engine/metrics: python3 make_metrics.py > metrics.json

Each case has scores, labels, weights (or null) and what scikit-learn computes. KS is made here from
roc_curve. scikit-learn clips log loss at machine epsilon, so no score here is within 1e-12 of 0 or 1.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn import metrics as m

rng = np.random.default_rng(20260601)


def case(name, scores, labels, weights=None):
    s, y = np.asarray(scores, float), np.asarray(labels, int)
    w = None if weights is None else np.asarray(weights, float)
    fpr, tpr, _ = m.roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    return {
        "name": name,
        "scores": s.tolist(),
        "labels": y.tolist(),
        "weights": None if w is None else w.tolist(),
        "log_loss": m.log_loss(y, s, sample_weight=w),
        "brier": m.brier_score_loss(y, s, sample_weight=w),
        "roc_auc": m.roc_auc_score(y, s, sample_weight=w),
        "average_precision": m.average_precision_score(y, s, sample_weight=w),
        "ks": float(np.max(np.abs(tpr - fpr))),
    }


def random_case(name, n, base, decimals=None, weighted=False):
    p = rng.beta(1, 1 / base - 1, n).clip(1e-6, 1 - 1e-6)
    if decimals is not None:
        p = np.round(p, decimals).clip(10.0**-decimals, 1 - 10.0**-decimals)
    y = rng.random(n) < p
    y[0], y[1] = True, False
    w = rng.gamma(2.0, 1.0, n) if weighted else None
    return case(name, p, y, w)


cases = [
    case("two rows", [0.2, 0.8], [0, 1]),
    case("all tied", [0.3] * 6, [0, 1, 0, 0, 1, 0]),
    case("inverted", [0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1]),
    random_case("balanced", 200, 0.5),
    random_case("rare", 400, 0.03),
    random_case("ties", 300, 0.2, decimals=1),
    random_case("weighted", 250, 0.3, weighted=True),
    random_case("weighted ties", 250, 0.3, decimals=1, weighted=True),
]
json.dump({"sklearn": sklearn.__version__, "cases": cases}, sys.stdout)
