# rehearse: expected-calibration-error
# expect: WA
# Takes the middle of a bin for the mean score of its rows.
def expected_calibration_error(scores: list[float], labels: list[int], bins: int) -> float | None:
    if not scores:
        return None
    rows = [0] * bins
    clicks = [0] * bins
    for score, label in zip(scores, labels):
        bin = min(int(score * bins), bins - 1)
        rows[bin] += 1
        clicks[bin] += label
    return sum(
        n / len(scores) * abs(c / n - (bin + 0.5) / bins)
        for bin, (n, c) in enumerate(zip(rows, clicks))
        if n > 0
    )
