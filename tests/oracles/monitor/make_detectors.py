# SPDX-License-Identifier: GPL-3.0-or-later
"""Change detectors written again from the papers, and streams with the alarms they raise.

    /usr/bin/python3 tests/oracles/monitor/make_detectors.py

writes detectors.json beside it. Nothing here shares code or structure with the engine: ADWIN keeps
its whole window as a list and cuts it at the borders of an exponential histogram, DDM counts errors,
CUSUM is a maximum over all starting points, EWMA a weighted sum over the past. The streams and the
indices under "river" are those of River's documentation and tests (PageHinkley, ADWIN, DDM).
Run lengths: the Markov chain of Brook and Evans (1972) with Richardson extrapolation.
"""
import json
import math
import pathlib
import random

import numpy as np
from scipy.special import ndtr


def page_hinkley(xs, delta=0.005, lam=50.0, alpha=0.9999, least=30, side="both"):
    alarms, i = [], 0
    while i < len(xs):
        ups, downs, total = [], [], 0.0
        n = 0
        up = down = 0.0
        alarm = False
        while i < len(xs) and not alarm:
            n += 1
            total += xs[i]
            dev = xs[i] - total / n
            up = alpha * up + dev - delta
            down = alpha * down + dev + delta
            ups.append(up)
            downs.append(down)
            if n >= least:
                rise = up - min(ups) if side != "down" else 0
                fall = max(downs) - down if side != "up" else 0
                if rise > lam or fall > lam:
                    alarms.append([i, "up" if rise >= fall else "down"])
                    alarm = True
            i += 1
    return alarms


def cusum(xs, mu=0.0, sigma=1.0, k=0.5, h=5.0):
    """S+ is the greatest sum over any stretch that ends now, hence a maximum over starts."""
    alarms, start = [], 0
    for i in range(len(xs)):
        z = [(x - mu) / sigma for x in xs[start:i + 1]]
        up = down = 0.0
        a = b = 0.0
        for v in reversed(z):
            a += v - k
            b += -v - k
            up, down = max(up, a), max(down, b)
        if up > h or down > h:
            alarms.append([i, "up" if up >= down else "down"])
            start = i + 1
    return alarms


def ewma(xs, mu=0.0, sigma=1.0, lam=0.2, limit=3.0):
    alarms, start = [], 0
    for i in range(len(xs)):
        t = i - start + 1
        z = mu + sum(lam * (1 - lam) ** j * (xs[i - j] - mu) for j in range(t))
        bound = limit * sigma * math.sqrt(lam / (2 - lam) * (1 - (1 - lam) ** (2 * t)))
        if abs(z - mu) > bound:
            alarms.append([i, "up" if z > mu else "down"])
            start = i + 1
    return alarms


def ddm(xs, warm=30, warning=2.0, drift=3.0):
    alarms, warnings, n, errors, best = [], [], 0, 0, None
    for i, x in enumerate(xs):
        n, errors = n + 1, errors + x
        p = errors / n
        s = math.sqrt(p * (1 - p) / n)
        if n <= warm:
            continue
        if best is None or p + s <= best[0] + best[1]:
            best = (p, s)
        if p + s > best[0] + drift * best[1]:
            alarms.append([i, "up"])
            n = errors = 0
            best = None
        elif p + s > best[0] + warning * best[1]:
            warnings.append(i)
    return alarms, warnings


def adwin_sizes(n, per_row=5):
    """Bucket sizes, oldest first, after n insertions."""
    rows = [0]
    for _ in range(n):
        rows[0] += 1
        r = 0
        while rows[r] > per_row:
            rows[r] -= 2
            if r + 1 == len(rows):
                rows.append(0)
            rows[r + 1] += 1
            r += 1
    return [2 ** r for r in range(len(rows) - 1, -1, -1) for _ in range(rows[r])]


def adwin(xs, delta=0.002):
    alarms, window = [], []
    for i, x in enumerate(xs):
        window.append(x)
        w = len(window)
        if w % 32 or w <= 10:
            continue
        variance = float(np.var(window))
        factor = math.log(2 * math.log(w) / delta)
        n0 = 0
        for size in adwin_sizes(w):
            n0 += size
            n1 = w - n0
            if n0 < 5 or n1 < 5:
                continue
            m = 1 / (n0 - 4) + 1 / (n1 - 4)
            gap = sum(window[n0:]) / n1 - sum(window[:n0]) / n0
            if abs(gap) > math.sqrt(2 * m * variance * factor) + 2 / 3 * factor * m:
                alarms.append([i, "up" if gap > 0 else "down"])
                window = []
                break
    return alarms


def chain(k, h, mean, states):
    """Brook, Evans: S+ between 0 and h cut into states of equal width, the first of half."""
    width = 2 * h / (2 * states - 1)
    step = np.arange(states)[None, :] - np.arange(states)[:, None]
    low = ndtr((step - 0.5) * width + k - mean)
    low[:, 0] = 0
    q = ndtr((step + 0.5) * width + k - mean) - low
    return float(np.linalg.solve(np.eye(states) - q, np.ones(states))[0])


def cusum_arl(k, h, mean):
    def one(m):
        a, b, c = (chain(k, h, m, n) for n in (100, 200, 400))
        first = [(4 * b - a) / 3, (4 * c - b) / 3]
        return (16 * first[1] - first[0]) / 15
    return 1 / (1 / one(mean) + 1 / one(-mean))


def ewma_chain(lam, limit, mean, states=251, steps=100):
    """Lucas, Saccucci: the limits of each t, by a chain that is cut anew at every step."""
    z = np.array([0.0])
    p = np.array([1.0])
    total = 0.0
    for t in range(1, steps + 1):
        total += p.sum()
        bound = limit * math.sqrt(lam / (2 - lam) * (1 - (1 - lam) ** (2 * t)))
        edges = np.linspace(-bound, bound, states + 1)
        mids = (edges[1:] + edges[:-1]) / 2
        cdf = ndtr((edges[None, :] - (1 - lam) * z[:, None] - lam * mean) / lam)
        q = cdf[:, 1:] - cdf[:, :-1]
        p = p @ q
        z = mids
    return total + float(p @ np.linalg.solve(np.eye(states) - q, np.ones(states)))


def random_streams():
    rng = np.random.RandomState(7)
    streams = []
    for name, parts in {
        "quiet": [(0, 600)],
        "up": [(0, 300), (1, 300)],
        "down": [(0, 300), (-0.7, 300)],
        "steps": [(0, 150), (2, 150), (-2, 150), (0, 150)],
    }.items():
        xs = np.concatenate([rng.normal(m, 1, n) for m, n in parts])
        streams.append((name, [round(float(x), 6) for x in xs]))
    return streams


def errors_streams():
    rng = np.random.RandomState(11)
    streams = []
    for name, parts in {"quiet": [(.2, 800)], "worse": [(.1, 500), (.3, 300)],
                        "never": [(0, 60), (.5, 60)], "twice": [(.1, 300), (.5, 200), (.9, 200)]}.items():
        xs = np.concatenate([rng.rand(n) < p for p, n in parts]).astype(int)
        streams.append((name, [int(x) for x in xs]))
    return streams


def river():
    rng = random.Random(12345)
    docs = rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000)
    rng = random.Random(42)
    doc_ddm = rng.choices([0, 1], k=1000) + rng.choices([0, 1], k=1000, weights=[0.3, 0.7])
    np.random.seed(12345)
    one = np.concatenate((np.random.randint(2, size=1000), np.random.randint(8, size=1000)))
    np.random.seed(12345)
    two = np.concatenate([[np.random.binomial(1, 0.2) for _ in range(1000)],
                          [np.random.binomial(1, 0.8) for _ in range(1000)]])
    return {
        "page-hinkley": {"values": docs, "alarms": [1006]},
        "adwin": {"values": docs, "alarms": [1023]},
        "ddm": {"values": doc_ddm, "alarms": [1334], "first_warnings": [1084, 1492]},
        "tests": {"one": [int(v) for v in one], "two": [int(v) for v in two], 
                  "ddm": [1049]},
    }


def main():
    out = {"river": river(), "cases": [], "errors": [], "cusum_arl": [], "ewma_arl": []}
    for name, xs in random_streams():
        out["cases"].append({
            "name": name, "values": xs,
            "page-hinkley": page_hinkley(xs, delta=0.3, lam=12),
            "page-hinkley-up": page_hinkley(xs, delta=0.3, lam=12, side="up"),
            "page-hinkley-fading": page_hinkley(xs, delta=0.1, lam=12, alpha=0.99, least=60),
            "cusum": cusum(xs), "cusum-shifted": cusum(xs, mu=0.2, sigma=1.5, k=0.25, h=4),
            "ewma": ewma(xs), "ewma-slow": ewma(xs, lam=0.05, limit=2.4),
            "adwin": adwin(xs), "adwin-eager": adwin(xs, delta=0.3)})
    for name, xs in errors_streams():
        alarms, warnings = ddm(xs)
        eager, _ = ddm(xs, warm=10, drift=2.5)
        out["errors"].append({"name": name, "values": xs, "alarms": alarms, "warnings": warnings,
                              "eager": eager})
    for k, h in ((.5, 4), (.5, 5), (.25, 8), (1, 2.5)):
        for mean in (0, .5, 1, 2):
            out["cusum_arl"].append([k, h, mean, cusum_arl(k, h, mean)])
    for lam, limit in ((.1, 2.814), (.2, 2.962), (.4, 3.054), (1, 3)):
        for mean in (0, .5, 1, 2):
            out["ewma_arl"].append([lam, limit, mean, ewma_chain(lam, limit, mean)])
    path = pathlib.Path(__file__).with_name("detectors.json")
    path.write_text(json.dumps(out) + "\n")
    r = out["river"]
    print("river page-hinkley", page_hinkley(r["page-hinkley"]["values"]))
    print("river adwin", adwin(r["adwin"]["values"]))
    a, w = ddm(r["ddm"]["values"])
    print("river ddm", a, w[0], [v for v in w if v > a[0][0]][:1])
    t = r["tests"]
    print("tests adwin", adwin(t["one"]), "ddm", ddm(t["two"])[0], "ph", page_hinkley(t["one"]))


main()
