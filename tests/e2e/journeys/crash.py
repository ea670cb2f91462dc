# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed in the middle of a word: what was saved is there at the next start, at most a second lost."""
from window import travel

TYPED = "local kept = 41"


def journey(window):
    window.start("--page", "drill:fewest-rooms")
    editor = window.field("^Solution$")
    window.until("the starter in the editor", lambda: "function" in editor.text())
    window.focus(editor)
    window.type(TYPED)
    window.until("the typed words in the editor", lambda: TYPED in editor.text())
    window.until("the draft in the database", lambda: any(
        TYPED in str(value) for row in window.rows("SELECT * FROM drafts") for value in row))
    window.type(" + 1")
    window.kill()
    window.start("--page", "drill:fewest-rooms")
    editor = window.field("^Solution$")
    window.until("the draft in the editor again", lambda: TYPED in editor.text())


travel(journey)
