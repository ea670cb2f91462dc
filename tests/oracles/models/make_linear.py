#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits of scikit-learn 1.2.1, statsmodels 0.13.5 and SciPy 1.10.1 for engine/models:
python3 make_linear.py > linear.json

One table of 160 rows with columns a, b (numbers) and five labels. Where a penalty is involved the
columns are standardised with the population deviation, as engine/models/encoding.hpp does, and the
weights are those of the standardised columns; predictions are given for every row.
"""
import json
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import optimize, special, stats
from sklearn.linear_model import LogisticRegression, Ridge

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261127)
n = 160
a, b = rng.normal(3, 2, n), rng.exponential(1.5, n)
X = np.column_stack([a, b])
Z = (X - X.mean(0)) / X.std(0)
one = sm.add_constant(Z)

click = (rng.random(n) < special.expit(-1.2 + 0.5 * Z[:, 0] - 0.8 * Z[:, 1])).astype(float)
value = 4 + 1.5 * Z[:, 0] - 2 * Z[:, 1] + rng.standard_t(3, n)
value[::20] += 25
skewed = np.exp(1 + 0.4 * Z[:, 0] + rng.normal(0, 0.7, n))
mu = np.exp(0.6 + 0.4 * Z[:, 0] + 0.3 * Z[:, 1])
count = rng.poisson(mu).astype(float)
burst = rng.poisson(mu * rng.gamma(1 / 0.8, 0.8, n)).astype(float)

out = {"a": a, "b": b, "click": click, "value": value, "skewed": skewed, "count": count,
       "burst": burst}

C = 2.0  # l2 = 1 / (n C)
lr = LogisticRegression(C=C, tol=1e-14, max_iter=10000, solver="newton-cholesky").fit(Z, click)
out["logistic_l2"] = {"l2": 1 / (n * C), "weights": [lr.intercept_[0], *lr.coef_[0]],
                      "scores": lr.predict_proba(Z)[:, 1]}
lr = LogisticRegression(C=C, tol=1e-14, max_iter=10000, solver="newton-cholesky", class_weight={0: 1, 1: 3}).fit(Z, click)
# scikit-learn's penalty is not divided by the weights' sum: 1 / (C Σ weights) on the mean loss.
out["logistic_weighted"] = {"l2": 1 / (C * np.where(click > 0, 3, 1).sum()), "positive_weight": 3,
                            "weights": [lr.intercept_[0], *lr.coef_[0]]}
logit = sm.Logit(click, one).fit(disp=0, tol=1e-12, maxiter=200, method="newton")
out["logit"] = {"weights": logit.params, "log_loss": -logit.llf / n}

alpha = 8.0
ridge = Ridge(alpha=alpha, solver="cholesky").fit(Z, value)
out["ridge"] = {"l2": alpha / n, "weights": [ridge.intercept_, *ridge.coef_],
                "scores": ridge.predict(Z)}
rlm = sm.RLM(value, one, M=sm.robust.norms.HuberT(1.345)).fit(maxiter=1000, tol=1e-13)
out["huber"] = {"delta": 1.345, "weights": rlm.params, "scale": rlm.scale}
out["quantile"] = []
for level in (0.1, 0.5, 0.9):
    # QuantReg's own iteration stops early: the linear program itself, by HiGHS.
    p = one.shape[1]
    cost = np.concatenate([np.zeros(2 * p), np.full(n, level), np.full(n, 1 - level)])
    equal = np.hstack([one, -one, np.eye(n), -np.eye(n)])
    lp = optimize.linprog(cost, A_eq=equal, b_eq=value, bounds=(0, None), method="highs")
    qr = sm.QuantReg(value, one).fit(q=level, max_iter=5000, p_tol=1e-10)
    r = value - one @ qr.params
    out["quantile"].append({"level": level, "weights": lp.x[:p] - lp.x[p:2 * p],
                            "pinball": lp.fun / n, "quantreg_weights": qr.params,
                            "quantreg_pinball": np.mean(np.maximum(level * r, (level - 1) * r))})

glm = sm.GLM(count, one, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
out["poisson"] = {"weights": glm.params, "deviance": glm.deviance}
nb = sm.NegativeBinomial(burst, one, loglike_method="nb2").fit(
    disp=0, method="bfgs", maxiter=5000, gtol=1e-9)
nb = sm.NegativeBinomial(burst, one, loglike_method="nb2").fit(
    disp=0, method="newton", start_params=nb.params, maxiter=200, tol=1e-13)
glm = sm.GLM(burst, one, family=sm.families.NegativeBinomial(alpha=nb.params[-1])).fit()
out["negative_binomial"] = {"weights": nb.params[:-1], "alpha": nb.params[-1], "llf": nb.llf,
                            "deviance": glm.deviance}
positive = count > 0


def truncated(w):
    eta = one[positive] @ w
    m, y = np.exp(eta), count[positive]
    return np.sum(m - y * eta + special.gammaln(y + 1) + np.log(-np.expm1(-m)))


best = optimize.minimize(truncated, np.zeros(3), method="BFGS", options={"gtol": 1e-9})
best = optimize.minimize(truncated, best.x, method="Nelder-Mead",
                         options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000})
out["positive_poisson"] = {"weights": best.x, "loss": best.fun}

out["box_cox"] = {"lambda": stats.boxcox_normmax(skewed, method="mle", brack=(-2, 2))}
log_fit = sm.OLS(np.log1p(skewed), one).fit()
out["log1p"] = {"weights": log_fit.params,
                "smeared": np.exp(log_fit.fittedvalues) * np.mean(np.exp(log_fit.resid)) - 1}


def plain(x):
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, np.ndarray):
        return x.tolist()
    return float(x)


print(json.dumps(plain(out)))
