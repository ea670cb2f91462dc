# rehearse: platt-scaling
#
# Newton's method on centred and scaled scores, where the two parameters hardly disturb each other. A
# step that raises the loss is halved. At the end the scaling is taken back.
from math import exp, fsum, log1p, sqrt


def platt_scaling(scores: list[float], labels: list[int]) -> tuple[float, float] | None:
    n = len(scores)
    if n == 0 or min(scores) == max(scores):
        return None
    spam = sum(labels)
    target = {1: (spam + 1) / (spam + 2), 0: 1 / (n - spam + 2)}
    targets = [target[label] for label in labels]
    centre = fsum(scores) / n
    scale = sqrt(fsum((f - centre) ** 2 for f in scores) / n)
    xs = [(f - centre) / scale for f in scores]

    # The loss of a row at s = a x + b, with p = 1 / (1 + e^s), is ln(1 + e^s) - (1 - t) s.
    def loss(a: float, b: float) -> float:
        total = 0.0
        for x, t in zip(xs, targets):
            s = a * x + b
            total += max(s, 0.0) + log1p(exp(-abs(s))) - (1 - t) * s
        return total

    a = b = 0.0
    now = loss(a, b)
    for _ in range(50):
        ga = gb = haa = hab = hbb = 0.0
        for x, t in zip(xs, targets):
            s = a * x + b
            e = exp(-abs(s))
            p = e / (1 + e) if s > 0 else 1 / (1 + e)
            ga += (t - p) * x
            gb += t - p
            w = p * (1 - p)
            haa += w * x * x
            hab += w * x
            hbb += w
        determinant = haa * hbb - hab * hab
        da = (hbb * ga - hab * gb) / determinant
        db = (haa * gb - hab * ga) / determinant
        step = 1.0
        while (then := loss(a - step * da, b - step * db)) > now * (1 + 1e-12):
            step /= 2
        a, b, now = a - step * da, b - step * db, then
        if abs(da) + abs(db) < 1e-7:
            break
    return a / scale, b - a * centre / scale
