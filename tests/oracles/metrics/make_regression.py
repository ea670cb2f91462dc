#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of scikit-learn and statsmodels for engine/metrics/regression: python3 make_regression.py > regression.json

The negative binomial deviance is statsmodels' own, divided by the sum of weights.
"""
import json
import sys

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn import metrics as m

rng = np.random.default_rng(20260602)


def case(name, predictions, labels, weights=None, counts=False):
    f, y = np.asarray(predictions, float), np.asarray(labels, float)
    w = None if weights is None else np.asarray(weights, float)
    out = {
        "name": name,
        "predictions": f.tolist(),
        "labels": y.tolist(),
        "weights": None if w is None else w.tolist(),
        "mse": m.mean_squared_error(y, f, sample_weight=w),
        "mae": m.mean_absolute_error(y, f, sample_weight=w),
        "r2": m.r2_score(y, f, sample_weight=w),
        "pinball_90": m.mean_pinball_loss(y, f, sample_weight=w, alpha=0.9),
        "pinball_05": m.mean_pinball_loss(y, f, sample_weight=w, alpha=0.05),
    }
    if w is None:
        out["median_ae"] = m.median_absolute_error(y, f)
        out["max_error"] = m.max_error(y, f)
    if np.all(y != 0):
        out["mape"] = m.mean_absolute_percentage_error(y, f, sample_weight=w)
    if np.all(y > -1) and np.all(f > -1):
        out["rmsle"] = float(np.sqrt(m.mean_squared_log_error(y.clip(0), f.clip(0), sample_weight=w))) \
            if np.all(y >= 0) and np.all(f >= 0) else None
    if counts:
        out["poisson_deviance"] = m.mean_poisson_deviance(y, f, sample_weight=w)
        family = sm.families.NegativeBinomial(alpha=0.7)
        ww = np.ones_like(y) if w is None else w
        out["nb_deviance@0.7"] = float(family.deviance(y, f, var_weights=ww) / ww.sum())
    return {k: v for k, v in out.items() if v is not None or k == "weights"}


def normal(name, n, weighted=False):
    y = rng.normal(3, 2, n)
    return case(name, y + rng.normal(0.3, 1, n), y, rng.gamma(2, 1, n) if weighted else None)


def counts(name, n, weighted=False):
    mu = rng.gamma(2, 2, n) + 0.1
    return case(name, mu, rng.poisson(mu * rng.gamma(1.4, 1 / 1.4, n)),
                rng.gamma(2, 1, n) if weighted else None, counts=True)


cases = [
    case("two rows", [1, 2], [2, 4]),
    normal("normal", 201),
    normal("normal, even", 200),
    normal("normal, weighted", 150, True),
    case("log-normal", np.exp(rng.normal(2, 1, 120)), np.exp(rng.normal(2, 1, 120))),
    counts("counts", 250),
    counts("counts, weighted", 250, True),
]
json.dump({"sklearn": sklearn.__version__, "statsmodels": statsmodels.__version__, "cases": cases}, sys.stdout)
