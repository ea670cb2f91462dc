# SPDX-License-Identifier: GPL-3.0-or-later
"""The theme changed by a key, seen in the pixels, and kept over a restart."""
from window import travel


def kept(window):
    return window.rows("SELECT value FROM settings WHERE key = 'theme'")


def journey(window):
    window.start("--page", "today")
    window.find("label", "^Today$")
    first = window.brightness()
    window.key("t", "Control")
    window.until("the other theme on the screen", lambda: abs(window.brightness() - first) > 80)
    second = window.brightness()
    theme = window.until("the theme in the settings", lambda: kept(window))
    window.kill()
    window.start("--page", "today")
    window.until("the same theme on the screen", lambda: abs(window.brightness() - second) < 40)
    assert kept(window) == theme, "the theme in the settings is another after a restart"


travel(journey)
