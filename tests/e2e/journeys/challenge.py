# SPDX-License-Identifier: GPL-3.0-or-later
"""A design's challenge: submitted too early, then won by moving two knobs."""
from window import Atspi, travel


def journey(window):
    window.start("--page", "design:click-calibration")
    window.press("^Take the challenge")
    window.press("^Submit")
    window.find(None, "^Not reached")
    slider = window.find("slider", "^negatives kept$")
    most = Atspi.Value.get_maximum_value(slider)
    Atspi.Value.set_current_value(slider, round(0.65 * most))  # a fifth: 65% of the way, in logarithms
    window.press("^calibration: platt$")
    window.until("the goals, all reached", lambda: (
        window.press("^Submit") or window.seen(None, "^All goals reached")))
    assert not window.seen(None, "^Not reached"), "a goal is said to be missed and won"


travel(journey)
