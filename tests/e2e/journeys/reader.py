# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen reader that is slower than the window: pages change between its questions, and it asks for
children that have gone. The window lives on."""
from gi.repository import GLib

from window import CHECKED, Lost, travel

PAGES = {"1": "Today", "2": "Drills", "3": "Designs", "4": "Study", "5": "Progress",
         "6": "Your data", ",": "Settings"}


def read(window, node):
    """Asks for every child by its number, and for those after the last."""
    try:
        count = node.property("Accessible", "ChildCount")
        for index in (*range(count), count, count + 1, count + 1000):
            node.about("Accessible", "GetChildAtIndex", "(i)", index)
    except GLib.Error:
        if window.process.poll() is not None:
            raise Lost(f"the window ended with status {window.process.returncode}")


def journey(window):
    window.start("--page", "drill:fewest-rooms")
    window.field("^Solution$")
    for key, page in PAGES.items():
        met = list(window.app.everything())
        window.key(key, "Control")
        for node in met:
            read(window, node)
        window.until(f"the page {page}", lambda: (
            (entry := window.seen("check box", f"^{page}$")) and entry.has(CHECKED)))
    for node in window.app.everything():
        read(window, node)


travel(journey)
