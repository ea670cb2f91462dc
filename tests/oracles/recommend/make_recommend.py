#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collaborative filtering by other means: EASE as one scikit-learn Ridge an item, item-kNN by its
cosine_similarity, weighted ALS as scikit-learn Ridge with sample weights a user and an item, rank
metrics by its ndcg_score and average_precision_score: python3 make_recommend.py > recommend.json
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.metrics import average_precision_score, ndcg_score
from sklearn.metrics.pairwise import cosine_similarity

rng = np.random.default_rng(20261128)
USERS, ITEMS, FACTORS = 40, 18, 3
tastes, kinds = rng.normal(size=(USERS, 2)), rng.normal(size=(ITEMS, 2))
chance = 1 / (1 + np.exp(1.2 - 1.5 * tastes @ kinds.T))
counts = np.where(rng.random((USERS, ITEMS)) < chance, rng.integers(1, 4, (USERS, ITEMS)), 0)
counts[np.arange(USERS), rng.integers(0, ITEMS, USERS)] = 1  # nobody without anything
for item in range(ITEMS):
    counts[item, item] = 1  # and nothing without anybody
present = (counts > 0).astype(float)


def ease(penalty):
    weights = np.zeros((ITEMS, ITEMS))
    for item in range(ITEMS):
        others = [i for i in range(ITEMS) if i != item]
        ridge = Ridge(alpha=penalty, fit_intercept=False, solver="cholesky")
        weights[others, item] = ridge.fit(present[:, others], present[:, item]).coef_
    return {"lambda": penalty, "weights": weights.tolist()}


def als(alpha, penalty, items, iterations):
    """Each half a step is a ridge regression whose rows weigh 1 + alpha count."""
    users, losses = np.zeros((USERS, FACTORS)), []
    confidence = 1 + alpha * counts

    def solved(design, targets, weights):
        ridge = Ridge(alpha=penalty, fit_intercept=False, solver="cholesky")
        return ridge.fit(design, targets, sample_weight=weights).coef_

    for _ in range(iterations):
        users = np.array([solved(items, present[u], confidence[u]) for u in range(USERS)])
        items = np.array([solved(users, present[:, i], confidence[:, i]) for i in range(ITEMS)])
        errors = confidence * (present - users @ items.T) ** 2
        losses.append(float(errors.sum() + penalty * ((users**2).sum() + (items**2).sum())))
    return users, items, losses


def converged_als(alpha, penalty):
    """From many beginnings, the least loss: what any solver of the same problem must come down to."""
    best = min((als(alpha, penalty, rng.normal(0, 0.1, (ITEMS, FACTORS)), 400) for _ in range(8)),
               key=lambda run: run[2][-1])
    users, items, losses = best
    return {"alpha": alpha, "lambda": penalty, "factors": FACTORS, "loss": losses[-1],
            "scores": (users @ items.T).tolist()}


def ranked(scores, held):
    """Ten users' lists over what they do not have yet, at 5 places."""
    out = []
    for user in range(10):
        open_items = [i for i in range(ITEMS) if counts[user, i] == 0]
        relevant = held[user, open_items]
        if relevant.sum() == 0:
            continue
        given = scores[user, open_items]
        out.append({"user": user, "relevant": [i for i in open_items if held[user, i]],
                    "ndcg": float(ndcg_score([relevant], [given], k=5)),
                    "ap": float(average_precision_score(relevant, given))})
    return out


made_ease = ease(20.0)
held = (rng.random((USERS, ITEMS)) < chance) & (counts == 0)
rows = [(u, i) for u in range(USERS) for i in range(ITEMS) for _ in range(counts[u, i])]
json.dump({
    "made_by": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "users": [u for u, _ in rows], "items": [i for _, i in rows],
    "ease": made_ease,
    "cosine": cosine_similarity(present.T).tolist(),
    "als": converged_als(2.0, 1.5),
    "lists": ranked(present @ np.array(made_ease["weights"]), held.astype(int)),
}, sys.stdout)
