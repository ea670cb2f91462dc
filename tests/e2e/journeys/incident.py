# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident triaged: paged, a probe asked, a diagnosis and an action committed, the debrief read."""
from window import travel


def choose(window, name):
    """The next entry of a combo box: opened, one down, taken."""
    window.press(name, role="combo box")
    window.find("list item", ".")
    window.key("Down")
    window.key("Return")
    window.until(f"something chosen in /{name}/", lambda: not window.seen("combo box", name))


def journey(window):
    window.start("--page", "design:incident-psi-page")
    window.find("label", "^You are paged$")
    window.press(r"\(\d+ min\)$")
    window.find("push button", r"looked at")
    choose(window, "^choose a diagnosis")
    choose(window, "^choose an action")
    window.write(window.field("^Update for everybody"),
                 "Clicks fell by 4% since 09:00. The cause is not known. Next update at 10:30.")
    window.press("^Commit")
    window.find("filler", "^The debrief$")
    window.find("push button", "^Save")


travel(journey)
