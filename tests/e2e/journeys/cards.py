# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards recalled, read and graded: the first by its buttons, the others by their keys; and the last
grade taken back."""
from window import FOCUSED, SHOWING, travel

ON = "^I have recalled it|^Show answer|^Next question"
GRADE = "^Recalled, again in"


def reviews(window):
    return window.rows("SELECT count(*) FROM reviews")[0][0]


def by_buttons(window):
    while not reviews(window):
        window.press(f"{ON}|{GRADE}")


def by_keys(window):
    """Space does what has the focus; Enter ends what is written in the answer's field."""
    before = reviews(window)
    button = window.find("push button", ON)
    while button.has(SHOWING):
        label = button.label()
        window.key(" " if button.has(FOCUSED) else "Return")
        window.until(f"what comes after {label!r}",
                     lambda: not button.has(SHOWING) or button.label() != label)
    grade = window.find("push button", GRADE)
    window.until("the focus on a grade", lambda: grade.has(FOCUSED))
    window.key(" ")
    window.until("the review in the database", lambda: reviews(window) == before + 1)


def journey(window):
    window.start("--page", "study")
    by_buttons(window)
    by_keys(window)
    by_keys(window)
    window.press("^Undo the last grade")
    window.until("the last review taken back", lambda: reviews(window) == 2)


travel(journey)
