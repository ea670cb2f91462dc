# SPDX-License-Identifier: GPL-3.0-or-later
"""The theme changed by a key and kept over a restart; the editor's letters made larger and kept."""
from window import Atspi, said, travel


def letter_height(editor):
    box = Atspi.Text.get_character_extents(editor, 0, Atspi.CoordType.WINDOW)
    return box.height


def journey(window):
    window.start("--page", "drill:fewest-rooms")
    theme = window.rows("SELECT value FROM settings WHERE key = 'theme'")
    window.key("t", "Control")
    window.until("another theme in the settings", lambda: window.rows(
        "SELECT value FROM settings WHERE key = 'theme'") not in ([], theme))
    editor = window.editor()
    window.until("the starter in the editor", lambda: "function" in said(editor))
    window.focus(editor)
    before = letter_height(editor)
    window.key("=", "Control")
    window.until("larger letters", lambda: letter_height(editor) > before)


travel(journey)
