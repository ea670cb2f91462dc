# SPDX-License-Identifier: GPL-3.0-or-later
"""A design's challenge: submitted too early, then won by moving a knob."""
from window import travel


def journey(window):
    window.start("--page", "design:click-calibration")
    window.press("^Take the challenge")
    window.press("^Submit")
    window.find(None, "^Not reached")
    slider = window.find("slider", "^negatives kept$")
    # A fifth: 65% of the way from 0.01 to 1, in logarithms.
    window.move(slider, round(0.65 * slider.property("Value", "MaximumValue")))
    window.until("the goals, all reached", lambda: (
        window.press("^Submit") or window.seen(None, "^All .*goals.* reached")))
    assert not window.seen(None, "^Not reached"), "a goal is said to be missed and won"


travel(journey)
