# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards recalled, read and graded, and the last grade taken back."""
from window import travel


def reviews(window):
    return window.rows("SELECT count(*) FROM reviews")[0][0]


def recalled(window):
    """The grades, or the next answer asked for."""
    if window.seen("push button", "(?i)again in"):
        return True
    for name in ("^I have recalled it", "^Show answer", "^Next question"):
        if window.seen("push button", name):
            window.press(name)
    return False


def journey(window):
    window.start("--page", "study")
    for count in range(3):
        window.until("the grades of a card", lambda: recalled(window))
        window.press("^Recalled.*again in|^Good.*again in")
        window.until("the review in the database", lambda: reviews(window) > count)
    before = reviews(window)
    window.press("^Undo the last grade")
    window.until("the last review taken back", lambda: reviews(window) == before - 1)


travel(journey)
