#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of posteriors (SciPy, by quadrature over the outcome) and of two-stage least squares (by matrices)."""
import json
import math
import pathlib

import numpy as np
from scipy import integrate, optimize, stats
from statsmodels.sandbox.regression.gmm import IV2SLS

out = {"bayes": []}
for x_c, n_c, x_t, n_t in [(20, 100, 30, 100), (200, 1000, 212, 1010), (3, 50, 0, 40), (3000, 10000, 3100, 10000)]:
    c, t = stats.beta(1 + x_c, 1 + n_c - x_c), stats.beta(1 + x_t, 1 + n_t - x_t)

    def over(low, high, f):
        return integrate.quad(f, max(0, low), min(1, high), limit=500, epsabs=1e-13, epsrel=1e-12)[0]

    a, b = c.mean() - 14 * c.std(), c.mean() + 14 * c.std()

    def cdf(d):  # P(t - c <= d)
        return over(a, b, lambda x: c.pdf(x) * t.cdf(x + d))

    # E[max(c - t, 0)] = integral over x of f_c(x) * integral_0^x F_t
    def lost(x):
        return x * t.cdf(x) - t.mean() * stats.beta(2 + x_t, 1 + n_t - x_t).cdf(x)

    out["bayes"].append(dict(x_c=x_c, n_c=n_c, x_t=x_t, n_t=n_t, better=1 - cdf(0),
                             loss=over(a, b, lambda x: c.pdf(x) * lost(x)),
                             low=optimize.brentq(lambda d: cdf(d) - .025, -1, 1, xtol=1e-12),
                             high=optimize.brentq(lambda d: cdf(d) - .975, -1, 1, xtol=1e-12)))

rng = np.random.default_rng(7)
n = 300
z = rng.integers(0, 2, n)
u = rng.normal(0, 1, n)
d = ((z * .6 + u * .4 + rng.normal(0, .5, n)) > .3).astype(int)
y = 2 + 1.2 * d + 1.5 * u + rng.normal(0, 1, n)
fit = IV2SLS(y, np.column_stack([np.ones(n), d]), np.column_stack([np.ones(n), z])).fit()
effect = fit.params[1]
# Robust: variances of y - effect d within the arms, divisor n - 1, over the squared first stage.
e = y - effect * d
spread = sum(np.var(e[z == k], ddof=1) / (z == k).sum() for k in (0, 1))
first = d[z == 1].mean() - d[z == 0].mean()
out["instrument"] = dict(z=z.tolist(), d=d.tolist(), y=y.tolist(), effect=float(effect),
                         standard_error=math.sqrt(spread) / abs(first))
pathlib.Path(__file__).with_name("causal.json").write_text(json.dumps(out, indent=1) + "\n")
