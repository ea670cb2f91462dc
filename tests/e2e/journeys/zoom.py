# SPDX-License-Identifier: GPL-3.0-or-later
"""The code's type made larger by keys, kept over a restart, and made usual again in Settings; at its
largest the page can still be used."""
import os

from window import travel

SCREEN = 0  # coordinates of the screen
MOST = 16


def editor_of(window):
    editor = window.field("^Solution$")
    window.until("the starter in the editor", lambda: "function" in editor.text())
    return editor


def letters(editor):
    """How many letters of the first line stand left of a place in it."""
    left, top, _, _ = editor.about("Component", "GetExtents", "(u)", SCREEN)
    return editor.about("Text", "GetOffsetAtPoint", "(iiu)", left + 200, top + 8, SCREEN)


def kept(window, points):
    window.until(f"{points} points in the settings", lambda: window.rows(
        "SELECT value FROM settings WHERE key = 'editor.zoom'") == [(f'"{points}"',)])


def inside(window, name):
    """A button that lies within the window."""
    left, top, width, height = window.find("push button", name).about(
        "Component", "GetExtents", "(u)", SCREEN)
    frame = window.find("frame", ".").about("Component", "GetExtents", "(u)", SCREEN)
    return (frame[0] <= left and left + width <= frame[0] + frame[2]
            and frame[1] <= top and top + height <= frame[1] + frame[3])


def journey(window):
    window.start("--page", "drill:fewest-rooms")
    editor = editor_of(window)
    usual = letters(editor)
    window.focus(editor)
    window.key("=", "Control")
    window.key("=", "Control")
    window.key("-", "Control")
    kept(window, 1)
    for _ in range(MOST + 2):
        window.key("=", "Control")
    kept(window, MOST)
    largest = letters(editor)
    assert 0 < largest < usual / 2, f"{largest} letters have room where {usual} had"
    for button in ("^Run$", "^Submit$", "^Pause$", "^Try$", "^Stress$"):
        assert inside(window, button), f"{button} has left the window"

    window.kill()
    window.start("--page", "drill:fewest-rooms")
    editor = editor_of(window)
    window.until("the large letters again", lambda: letters(editor) == largest)
    with open(os.environ["REHEARSE_DATA"] + "/tests/solutions/fewest-rooms-right.lua") as file:
        window.write(editor, file.read())
    window.press("^Run$")
    window.find(None, r"\d+ of \d+ examples right")

    window.press("^Settings$")
    window.move(window.find("spin box", "^Text size$"), 0)
    kept(window, 0)
    window.press("^Drills$")
    window.focus(editor)
    window.key("Home", "Control")
    window.until("letters of the usual size", lambda: letters(editor) == usual)


travel(journey)
