#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of tests of two arms, adjustment, clusters, sizes and many comparisons, made with SciPy and statsmodels."""
import json
import math
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import (confint_proportions_2indep, proportion_effectsize,
                                          proportions_ztest)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

rng = np.random.default_rng(20260701)
out = {}


def wald(x_c, n_c, x_t, n_t, level):
    z, p = proportions_ztest([x_t, x_c], [n_t, n_c])
    low, high = confint_proportions_2indep(x_t, n_t, x_c, n_c, method="wald", compare="diff",
                                           alpha=1 - level)
    a, b = x_c / n_c, x_t / n_t
    return dict(x_c=x_c, n_c=n_c, x_t=x_t, n_t=n_t, level=level, z=z, p=p, ci_low=low, ci_high=high,
                absolute=b - a, standard_error=math.sqrt(a * (1 - a) / n_c + b * (1 - b) / n_t))


out["proportions"] = [wald(*c) for c in [(200, 1000, 250, 1000, .95), (12, 4000, 31, 2100, .9),
                                         (480, 500, 490, 505, .99), (5, 60, 5, 60, .95),
                                         (30000, 100000, 30900, 100000, .95)]]


def means(control, treatment):
    t, p = stats.ttest_ind(treatment, control, equal_var=False)
    compare = CompareMeans(DescrStatsW(treatment), DescrStatsW(control))
    low, high = compare.tconfint_diff(usevar="unequal")
    a, b = np.var(control, ddof=1) / len(control), np.var(treatment, ddof=1) / len(treatment)
    return dict(control=list(control), treatment=list(treatment), p=p, ci_low=low, ci_high=high,
                absolute=np.mean(treatment) - np.mean(control), standard_error=math.sqrt(a + b),
                degrees=(a + b) ** 2 / (a * a / (len(control) - 1) + b * b / (len(treatment) - 1)))


out["means"] = [means(rng.normal(3, 2, 40), rng.normal(3.5, 4, 25)),
                means(rng.exponential(5, 12), rng.exponential(7, 60)),
                means(rng.normal(0, 1, 2), rng.normal(9, 1, 3))]

# A ratio: weighted least squares of x / y on a constant with weights y; HC0, times n / (n - 1).
y = rng.poisson(6, 80) + 1.0
x = rng.binomial(y.astype(int), .3) * rng.choice([0, 1, 2], 80)
fit = sm.WLS(x / y, np.ones(80), weights=y).fit(cov_type="HC0")
out["ratio"] = dict(x=list(map(float, x)), y=list(y), ratio=float(fit.params[0]),
                    standard_error=float(fit.bse[0]) * math.sqrt(80 / 79))

out["permutation"] = []
for a, b in [(rng.normal(0, 1, 7), rng.normal(1, 1, 6)), (rng.integers(0, 3, 8), rng.integers(0, 4, 5)),
             (rng.exponential(1, 10), rng.exponential(1.2, 3))]:
    test = stats.permutation_test((b, a), lambda u, v: np.mean(u) - np.mean(v), n_resamples=np.inf,
                                  alternative="two-sided")
    statistic = np.abs(test.null_distribution)
    observed = abs(np.mean(b) - np.mean(a))
    # SciPy doubles the smaller tail; the house counts splits that are at least as far from 0.
    out["permutation"].append(dict(control=list(map(float, a)), treatment=list(map(float, b)),
                                   p=float(np.mean(statistic >= observed - 1e-12))))

n = 240
cluster = np.repeat(np.arange(24), 10)
treated = (cluster % 2).astype(int)
x1 = rng.normal(0, 1, n) + 2
x2 = x1 * .5 + rng.normal(0, 2, n)
yy = 5 + 1.5 * x1 + .7 * x2 + treated * (0.4 + .5 * (x1 - 2)) + rng.normal(0, .8, 24)[cluster] + rng.normal(0, 1, n)
out["units"] = dict(y=list(yy), x1=list(x1), x2=list(x2), treated=treated.tolist(), cluster=cluster.tolist(),
                    stratum=(cluster % 3).tolist())


def cuped(covariates):
    X = np.column_stack(covariates)
    Xc = X - X.mean(0)
    fit = sm.OLS(yy, sm.add_constant(Xc)).fit()
    theta = fit.params[1:]
    adjusted = yy - Xc @ theta
    r = means(adjusted[treated == 0], adjusted[treated == 1])
    del r["control"], r["treatment"]
    return dict(r, theta=float(theta[0]), variance_reduction=float(fit.rsquared))


out["cuped"], out["cuped_two"] = cuped([x1]), cuped([x1, x2])


def lin(covariates):
    X = np.column_stack(covariates)
    Xc = X - X.mean(0)
    design = np.column_stack([np.ones(n), treated, Xc, treated[:, None] * Xc])
    fit = sm.OLS(yy, design).fit(cov_type="HC2", use_t=False)
    low, high = fit.conf_int()[1]
    return dict(absolute=fit.params[1], standard_error=fit.bse[1], p=fit.pvalues[1], ci_low=low, ci_high=high)


out["lin"], out["lin_two"] = lin([x1]), lin([x1, x2])

# Cluster-robust without small-sample factor, then the factor G_arm / (G_arm - 1) of the delta method.
design = np.column_stack([np.ones(n), treated])
fit = sm.OLS(yy, design).fit(cov_type="cluster", cov_kwds=dict(groups=cluster, use_correction=False))
within, between, units_lost = 0.0, 0.0, 0.0
for arm in (0, 1):
    own = yy[treated == arm]
    for g in np.unique(cluster[treated == arm]):
        values = yy[cluster == g]
        between += len(values) * (values.mean() - own.mean()) ** 2
        within += ((values - values.mean()) ** 2).sum()
        units_lost += len(values) ** 2 / len(own)
typical = (n - units_lost) / (24 - 2)
msb, msw = between / 22, within / (n - 24)
out["clusters"] = dict(absolute=fit.params[1], standard_error=fit.bse[1] * math.sqrt(12 / 11),
                       icc=(msb - msw) / (msb + (typical - 1) * msw))

out["multiplicity"] = [dict(p=p, bonferroni=list(multipletests(p, method="bonferroni")[1]),
                            holm=list(multipletests(p, method="holm")[1]))
                       for p in [[.01, .02, .03, .5], [.04, .001, .04, .9, .012], [.2]]]

out["sizes"] = []
for p, d, alpha, power, attrition in [(.2, .02, .05, .8, 0), (.03, .003, .05, .9, .1), (.5, -.05, .01, .8, 0),
                                      (.1, .01, .05, .8, .25)]:
    q = p + d
    za, zb = stats.norm.ppf(1 - alpha / 2), stats.norm.ppf(power)
    unpooled = (za + zb) ** 2 * (p * (1 - p) + q * (1 - q)) / d ** 2
    m = (p + q) / 2
    pooled = (za * math.sqrt(2 * m * (1 - m)) + zb * math.sqrt(p * (1 - p) + q * (1 - q))) ** 2 / d ** 2
    continuity = pooled / 4 * (1 + math.sqrt(1 + 4 / (pooled * abs(d)))) ** 2
    h = proportion_effectsize(q, p)
    arcsine = 2 * (za + zb) ** 2 / h ** 2
    # Power at that size, both tails counted.
    assert abs(NormalIndPower().power(h, arcsine, alpha) - power) < 1e-6
    for form, size in [("unpooled", unpooled), ("pooled", pooled), ("continuity", continuity), ("arcsine", arcsine)]:
        out["sizes"].append(dict(form=form, p=p, d=d, alpha=alpha, power=power, attrition=attrition,
                                 exact=size / (1 - attrition)))


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.item() if isinstance(value, np.generic) else value


path = pathlib.Path(__file__).with_name("experiment.json")
path.write_text(json.dumps(plain(out), indent=1) + "\n")
