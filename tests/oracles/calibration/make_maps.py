#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of SciPy for temperature, beta and segment offsets: python3 make_maps.py > maps.json

All minimize the same likelihood by BFGS to 1e-11; beta without its bounds (the cases keep a, b > 0).
The offsets: one common offset without penalty, then one a segment with ½ λ δ².
"""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import expit, logit

rng = np.random.default_rng(11)


def fit(design, y, offset=0.0, penalty=0.0):
    def loss(v):
        z = design @ v + offset
        return np.sum(np.logaddexp(0, z) - y * z) + penalty * np.sum(v * v) / 2

    def grad(v):
        return design.T @ (expit(design @ v + offset) - y) + penalty * v

    best = minimize(loss, np.zeros(design.shape[1]), jac=grad, method="BFGS",
                    options={"gtol": 1e-9, "maxiter": 5000})
    return best.x


def case(name, n, sharpen, shift):
    truth = rng.beta(1, 1.5, n).clip(1e-3, 1 - 1e-3)
    y = (rng.random(n) < truth).astype(float)
    s = np.round(expit(sharpen * logit(truth) + shift), 6).clip(1e-6, 1 - 1e-6)
    segment = rng.choice(4, n, p=[0.6, 0.3, 0.08, 0.02])
    y = np.where(rng.random(n) < 0.15 * (segment == 1), 1, y)
    beta = fit(np.column_stack([np.log(s), -np.log1p(-s), np.ones(n)]), y)
    assert beta[0] > 0 and beta[1] > 0, beta
    z = logit(s)
    common = fit(np.ones((n, 1)), y, z)[0]
    out = {"name": name, "scores": s.tolist(), "labels": y.tolist(), "segments": segment.tolist(),
           "slope": fit(z[:, None], y)[0], "beta": beta.tolist(), "common": common, "offsets": {}}
    for lam in [0.5, 5, 50]:
        out["offsets"][str(lam)] = [
            fit(np.ones((int((segment == g).sum()), 1)), y[segment == g], z[segment == g] + common, lam)[0]
            for g in range(4)]
    return out


cases = [case("too sure", 400, 1.8, 0.0), case("downsampled", 600, 1.0, 1.5), case("flat", 500, 0.6, -0.5)]
json.dump({"scipy": scipy.__version__, "cases": cases}, sys.stdout)
