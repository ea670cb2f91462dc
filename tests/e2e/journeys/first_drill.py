# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first start to the first accepted drill: found in the list, written, tried, submitted with how sure."""
import os

from window import travel


def journey(window):
    window.start("--page", "drill:fewest-rooms")
    editor = window.field("^Solution$")
    window.until("the starter in the editor", lambda: "function" in editor.text())
    with open(os.environ["REHEARSE_DATA"] + "/tests/solutions/fewest-rooms-right.lua") as file:
        window.write(editor, file.read())
    window.press("^Run")
    window.find(None, r"\d+ of \d+ examples right")
    window.press("^Submit")
    window.press("^90 percent sure$")
    window.find(None, "^Accepted")
    assert window.until("the attempt in the database", lambda: window.rows(
        "SELECT verdict, stated FROM attempts WHERE drill = 'fewest-rooms'")) == [("AC", 0.9)]


travel(journey)
