#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posterior and likelihood of Gaussian processes by scikit-learn, and expected improvement by
numeric integration (SciPy): writes gaussian_process.json beside this file."""
import json
import pathlib

import numpy as np
from scipy import integrate, stats
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern

rng = np.random.default_rng(8)
cases = []
for name in ("matern52", "rbf"):
    for n, d in ((1, 1), (7, 1), (12, 3)):
        x, at = rng.random((n, d)), rng.random((5, d))
        y = np.sin(5 * x[:, 0]) + 0.1 * rng.standard_normal(n)
        length, variance, noise, mean = rng.uniform(0.2, 1, d), 1.7, 0.03, 0.4
        shape = Matern(length, nu=2.5) if name == "matern52" else RBF(length)
        gp = GaussianProcessRegressor(ConstantKernel(variance) * shape, alpha=noise, optimizer=None)
        gp.fit(x, y - mean)
        mu, sd = gp.predict(at, return_std=True)
        cases.append({
            "covariance": name, "length": length.tolist(), "variance": variance, "noise": noise,
            "prior_mean": mean, "points": x.tolist(), "values": y.tolist(), "at": at.tolist(),
            "mean": (mu + mean).tolist(), "sd": sd.tolist(),
            "log_marginal_likelihood": float(gp.log_marginal_likelihood_value_),
        })
improvement = []
for mu, sd, best in ((0, 1, 0), (1, 0.5, 0.2), (-2, 0.3, 0), (3, 1, 0), (0.1, 1e-3, 0.1)):
    value, _ = integrate.quad(lambda f: (best - f) * stats.norm.pdf(f, mu, sd), mu - 12 * sd,
                              best, epsabs=1e-14, limit=200)
    improvement.append({"mean": mu, "sd": sd, "best": best, "value": value})
out = pathlib.Path(__file__).with_name("gaussian_process.json")
out.write_text(json.dumps({"cases": cases, "improvement": improvement}, indent=1) + "\n")
