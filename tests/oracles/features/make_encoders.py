#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of other libraries for the encoders: scikit-learn's SimpleImputer, MissingIndicator,
OneHotEncoder, KBinsDiscretizer; target encoding by its written-out formula in NumPy: python3 make_encoders.py > encoders.json"""
import json
import math
import sys

import numpy as np
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder

rng = np.random.default_rng(7)
out = {}

n = 60
level = rng.choice(["a", "b", "c", "d", "e"], n, p=[0.4, 0.3, 0.2, 0.07, 0.03])
y = (rng.random(n) < 0.3).astype(float)
fold = rng.integers(0, 4, n)
m = 7.5
prior = y.mean()
naive = [(y[level == v].sum() + m * prior) / ((level == v).sum() + m) for v in level]
out["target"] = {"level": level.tolist(), "y": y.tolist(), "fold": fold.tolist(), "smoothing": m,
                 "naive": [float(v) for v in naive]}

x = np.round(rng.exponential(3, 41), 1)
x[rng.random(41) < 0.25] = np.nan
column = x.reshape(-1, 1)
impute = {"x": [None if math.isnan(v) else float(v) for v in x]}
for strategy in ("mean", "median", "most_frequent"):
    impute[strategy] = SimpleImputer(strategy=strategy).fit_transform(column)[:, 0].tolist()
impute["indicator"] = MissingIndicator().fit_transform(column)[:, 0].astype(float).tolist()
out["impute"] = impute

live = rng.choice(["a", "b", "c", "d", "e", "new"], 20)
plain = OneHotEncoder(handle_unknown="ignore", sparse_output=False) \
    if "sparse_output" in OneHotEncoder().get_params() else OneHotEncoder(handle_unknown="ignore", sparse=False)
plain.fit(level.reshape(-1, 1))
pooled = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5,
                       **({"sparse_output": False} if "sparse_output" in OneHotEncoder().get_params()
                          else {"sparse": False}))
pooled.fit(level.reshape(-1, 1))
out["one_hot"] = {
    "past": level.tolist(), "live": live.tolist(),
    "names": plain.categories_[0].tolist(),
    "encoded": plain.transform(live.reshape(-1, 1)).tolist(),
    "min_count": 5,
    "pooled_names": [str(v) for v in pooled.get_feature_names_out(["x"])],
    "pooled": pooled.transform(live.reshape(-1, 1)).tolist()}

values = np.round(rng.normal(0, 2, 200), 2)
bins = KBinsDiscretizer(n_bins=7, encode="ordinal", strategy="quantile").fit(values.reshape(-1, 1))
probe = np.round(rng.normal(0, 3, 50), 3)
out["bins"] = {"values": values.tolist(), "bins": 7, "edges": bins.bin_edges_[0].tolist(),
               "probe": probe.tolist(),
               "binned": bins.transform(probe.reshape(-1, 1))[:, 0].tolist()}

json.dump(out, sys.stdout, indent=1)
