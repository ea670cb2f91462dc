#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of SciPy 1.10.1 and NumPy for engine/monitor: python3 make_drift.py > drift.json"""
import json
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

rng = np.random.default_rng(3)


def binned(a, b):
    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    count = lambda v: np.bincount(np.searchsorted(edges, v, side="left"), minlength=len(edges) + 1)
    return count(a), count(b)


def numeric(name, a, b):
    ca, cb = binned(a, b)
    p, q = np.maximum(ca / ca.sum(), 1e-4), np.maximum(cb / cb.sum(), 1e-4)
    pr, qr = p / p.sum(), q / q.sum()
    d = stats.ks_2samp(a, b, method="asymp").statistic
    n = round(len(a) * len(b) / (len(a) + len(b)))
    return {
        "name": name, "reference": a.tolist(), "current": b.tolist(),
        "psi": float(np.sum((q - p) * np.log(q / p))), "kl": float(np.sum(qr * np.log(qr / pr))),
        "js": float(jensenshannon(ca / ca.sum(), cb / cb.sum(), base=2) ** 2),
        "ks": float(d), "ks_p": float(stats.kstwo.sf(d, n)),
        "wasserstein": float(stats.wasserstein_distance(a, b)),
    }


def tables():
    out = []
    for a, b in [([30, 50, 20], [25, 60, 15]), ([100, 1], [80, 20]), ([5, 5, 5, 5], [6, 4, 7, 3]), ([400, 300, 200, 100], [380, 310, 220, 90])]:
        chi, p, dof, _ = stats.chi2_contingency([a, b], correction=False)
        out.append({"reference": a, "current": b, "chi2": chi, "p": p, "degrees": dof, "cramers_v": float(np.sqrt(chi / (sum(a) + sum(b))))})
    return out


def survival():
    out = []
    for n in [1, 2, 5, 10, 30, 100, 140, 300, 500, 501, 1000, 5000, 50000]:
        for z in [0.3, 0.5, 0.7, 0.9, 1.1, 1.36, 1.6, 1.9, 2.1, 2.5, 3.0]:
            d = z / np.sqrt(n)
            if d < 1:
                out.append([d, n, float(stats.kstwo.sf(d, n))])
    return out


cases = [
    numeric("same", rng.normal(size=300), rng.normal(size=200)),
    numeric("shifted", rng.normal(size=250), rng.normal(0.4, 1, size=150)),
    numeric("ties", rng.integers(0, 6, 300).astype(float), rng.integers(1, 7, 220).astype(float)),
    numeric("tiny", rng.normal(size=7), rng.normal(size=5)),
]
p = rng.random(12) ** 3
order = np.argsort(p)
adjusted = np.empty(12)
adjusted[order] = np.minimum.accumulate((p[order] * 12 / np.arange(1, 13))[::-1])[::-1].clip(max=1)
json.dump({"scipy": scipy.__version__, "numeric": cases, "tables": tables(), "survival": survival(),
           "bh": {"p": p.tolist(), "adjusted": adjusted.tolist()}}, sys.stdout)
