#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of scikit-learn 1.2.1 and SciPy 1.10.1 for engine/calibration: python3 make_calibration.py > calibration.json

Isotonic: IsotonicRegression at its training points (between them scikit-learn interpolates, which is
our `linear` form only where blocks are single points). Platt: scikit-learn's _sigmoid_calibration
uses the same smoothed targets; its optimizer stops early, so A and B come from scipy's minimize on
the same likelihood to 1e-12.
"""
import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(7)


def platt(f, y, smoothed):
    pos, neg = y.sum(), len(y) - y.sum()
    hi, lo = ((pos + 1) / (pos + 2), 1 / (neg + 2)) if smoothed else (1.0, 0.0)
    t = np.where(y == 1, hi, lo)

    def loss(v):
        z = v[0] * f + v[1]
        return np.sum(t * np.logaddexp(0, z) + (1 - t) * np.logaddexp(0, -z))

    def grad(v):
        r = t - expit(-(v[0] * f + v[1]))
        return np.array([np.sum(f * r), np.sum(r)])

    best = minimize(loss, [0.0, np.log((neg + 1) / (pos + 1))], jac=grad, method="BFGS", options={"gtol": 1e-11, "maxiter": 2000})
    return best.x.tolist()


def case(name, n, decimals=None, weighted=False):
    s = rng.random(n)
    if decimals is not None:
        s = np.round(s, decimals)
    y = (rng.random(n) < s**2).astype(int)
    w = rng.gamma(2.0, 1.0, n) if weighted else None
    iso = IsotonicRegression(out_of_bounds="clip").fit(s, y, sample_weight=w)
    out = {"name": name, "scores": s.tolist(), "labels": y.tolist(), "weights": None if w is None else w.tolist(),
           "isotonic": iso.predict(s).tolist()}
    if not weighted:
        out["platt"] = platt(s, y, True)
        out["platt_raw"] = platt(s, y, False)
        clipped = np.clip(s, 1e-12, 1 - 1e-12)
        out["platt_logit"] = platt(np.log(clipped) - np.log1p(-clipped), y, True) if decimals is None else None
    return out


cases = [case("small", 30), case("larger", 400), case("ties", 200, decimals=1), case("weighted", 120, weighted=True)]
json.dump({"sklearn": sklearn.__version__, "scipy": scipy.__version__, "cases": cases}, sys.stdout)
