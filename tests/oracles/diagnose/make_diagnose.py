# SPDX-License-Identifier: GPL-3.0-or-later
#
# Values of statsmodels, SciPy and NumPy for tests/engine/diagnose. Run from this folder:
#   /usr/bin/python3 make_diagnose.py > diagnose.json
import json
import sys

import numpy as np
import scipy.stats as st
import statsmodels.api as sm
from statsmodels.stats.diagnostic import het_breuschpagan

rng = np.random.default_rng(20261127)


def little(x):
    """Little's (1988) statistic, row by row and without any short cut."""
    n, k = x.shape
    mu, sigma = np.zeros(k), np.eye(k)
    mu = np.nanmean(x, axis=0)
    sigma = np.diag(np.nanvar(x, axis=0))
    for _ in range(20000):
        filled, extra = np.empty_like(x), np.zeros((k, k))
        for i in range(n):
            o, m = ~np.isnan(x[i]), np.isnan(x[i])
            filled[i, o] = x[i, o]
            if m.any():
                slope = sigma[np.ix_(m, o)] @ np.linalg.inv(sigma[np.ix_(o, o)])
                filled[i, m] = mu[m] + slope @ (x[i, o] - mu[o])
                extra[np.ix_(m, m)] += sigma[np.ix_(m, m)] - slope @ sigma[np.ix_(o, m)]
        new_mu = filled.mean(axis=0)
        new_sigma = (filled - new_mu).T @ (filled - new_mu) / n + extra / n
        done = max(abs(new_mu - mu).max(), abs(new_sigma - sigma).max()) < 1e-12
        mu, sigma = new_mu, new_sigma
        if done:
            break
    patterns = {}
    for i in range(n):
        patterns.setdefault(tuple(~np.isnan(x[i])), []).append(i)
    d2, degrees = 0.0, -k
    for key, members in patterns.items():
        o = np.array(key)
        gap = x[np.ix_(members, np.where(o)[0])].mean(axis=0) - mu[o]
        d2 += len(members) * gap @ np.linalg.inv(sigma[np.ix_(o, o)]) @ gap
        degrees += o.sum()
    return {"statistic": d2, "degrees": int(degrees), "patterns": len(patterns),
            "p": st.chi2.sf(d2, degrees)}


def little_case(n, mar):
    base = rng.normal(size=(n, 3)) @ np.array([[1, .5, .2], [0, 1, .4], [0, 0, 1]]) + [1, -2, 30]
    x = base.copy()
    x[rng.random(n) < (1 / (1 + np.exp(-base[:, 0])) if mar else 0.3), 1] = np.nan
    x[rng.random(n) < 0.2, 2] = np.nan
    return {"columns": [[None if np.isnan(v) else v for v in column] for column in x.T], **little(x)}


def regression_case():
    n = 200
    x = rng.normal(size=(n, 3))
    y = 1 + x @ [0.5, -1, 0] + rng.normal(size=n) * np.exp(0.4 * x[:, 0])
    click = (rng.random(n) < 1 / (1 + np.exp(-(-0.5 + x @ [1, 0.3, -0.7])))).astype(float)
    ols = sm.OLS(y, sm.add_constant(x)).fit()
    logit = sm.Logit(click, sm.add_constant(x)).fit(disp=0, tol=1e-12)
    lm, lm_p, _, _ = het_breuschpagan(ols.resid, sm.add_constant(x))
    cluster = np.repeat(np.arange(40), 5)
    # The mean's error with clustered rows: an intercept alone, statsmodels' correction g/(g-1)·(n-1)/(n-k).
    mean = sm.OLS(y, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    return {"x": x.tolist(), "y": y.tolist(), "click": click.tolist(), "residuals": ols.resid.tolist(),
            "ols": {"coefficients": ols.params.tolist(), "errors": ols.bse.tolist(), "r_squared": ols.rsquared},
            "logit": {"coefficients": logit.params.tolist(), "errors": logit.bse.tolist(),
                      "log_likelihood": logit.llf, "lr": logit.llr, "lr_p": logit.llr_pvalue},
            "breusch_pagan": {"statistic": lm, "p": lm_p},
            "clustered": {"mean": mean.params[0], "error": mean.bse[0]}}


def profile_case():
    x = np.round(rng.lognormal(1, 1.2, size=301), 3)
    label = (rng.random(301) < 0.3).astype(float)
    qs = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    rank = st.mannwhitneyu(x[label == 1], x[label == 0]).statistic / ((label == 1).sum() * (label == 0).sum())
    return {"x": x.tolist(), "label": label.tolist(), "mean": x.mean(), "sd": x.std(ddof=1),
            "skewness": st.skew(x), "kurtosis": st.kurtosis(x),
            "quantiles": np.quantile(x, qs).tolist(), "distinct": len(np.unique(x)), "auc": rank}


def groups_case():
    a, b = rng.normal(size=150), rng.normal(0.4, 1.5, size=90)
    table = np.array([[30, 50, 70], [20, 10, 60]])
    chi, p, _, _ = st.chi2_contingency(table, correction=False)
    return {"a": a.tolist(), "b": b.tolist(), "ks": st.ks_2samp(a, b).statistic,
            "ks_p": st.kstwo.sf(st.ks_2samp(a, b).statistic, round(150 * 90 / 240)),
            "wasserstein": st.wasserstein_distance(a, b), "table": table.tolist(), "chi2": chi,
            "chi2_p": p, "cramers_v": float(np.sqrt(chi / table.sum()))}


json.dump({"little": [little_case(120, False), little_case(150, True)], "regression": regression_case(),
           "profile": profile_case(), "groups": groups_case()}, sys.stdout)
