#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Probabilities that a test has not stopped, by SciPy 1.10.1's multivariate normal integral (Genz):
python3 make_sequential.py > sequential.json"""
import json

import numpy as np
from scipy.stats import mvn


def not_stopped(t, z, drift):
    t, z = np.array(t), np.array(z)
    cov = np.minimum.outer(t, t) / np.sqrt(np.outer(t, t))
    p, state = mvn.mvnun(-z, z, drift * np.sqrt(t), cov, maxpts=4_000_000, abseps=1e-9, releps=1e-9)
    return float(p)


rng = np.random.default_rng(8)
cases = []
for looks in (2, 3, 4, 5):
    for drift in (0.0, 1.3, 3.0):
        t = np.sort(rng.uniform(0.05, 1, looks))
        t[-1] = 1.0
        z = rng.uniform(1.2, 3.5, looks)
        cases.append({"information": t.tolist(), "z": z.tolist(), "drift": drift,
                      "not_stopped": not_stopped(t, z, drift)})
json.dump({"crossing": cases}, open("sequential.json", "w"), indent=1)
