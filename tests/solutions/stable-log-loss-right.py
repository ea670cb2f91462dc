# rehearse: stable-log-loss
#
# With the sign turned so that a good logit is large, both labels cost ln(1 + e^(-m)). Where e^(-m)
# would overflow it is taken out: -m + ln(e^m + 1).
from math import exp, fsum, log1p


def log_loss_from_logits(logits: list[float], labels: list[int]) -> float | None:
    if not logits:
        return None
    margins = (z if label == 1 else -z for z, label in zip(logits, labels))
    return fsum(log1p(exp(-m)) if m >= 0 else log1p(exp(m)) - m for m in margins) / len(logits)
