# Writes poisson_interval.json: exact intervals of a Poisson count by SciPy (chi-squared form).
import json
import os

from scipy.stats import chi2

cases = []
for count in [0, 1, 3, 10, 47, 1000, 25000]:
    for level in [0.9, 0.95]:
        tail = (1 - level) / 2
        low = 0.0 if count == 0 else chi2.ppf(tail, 2 * count) / 2
        high = chi2.ppf(1 - tail, 2 * (count + 1)) / 2
        cases.append({"count": count, "level": level, "low": low, "high": high})
with open(os.path.join(os.path.dirname(__file__), "poisson_interval.json"), "w") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
