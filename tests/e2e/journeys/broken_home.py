# SPDX-License-Identifier: GPL-3.0-or-later
"""A start on data that cannot be opened: said in a window of its own with the way to mend it, and
tried again. Nothing of it is touched."""
import os

from window import travel


def journey(window):
    database = window.home + "/rehearse.db"
    with open(database, "w") as file:
        file.write("this is a letter and no database")
    window.start_by("rehearse")  # which hands over to the window
    window.find("label", "^Your history cannot be opened$")
    window.find("label", "rehearse.db is damaged or not a Rehearse database.*move it")
    window.press("^Try again$")
    window.find("label", "^Your history cannot be opened$")
    with open(database) as file:
        assert file.read() == "this is a letter and no database"
    os.rename(database, database + ".letter")
    window.press("^Try again$")
    window.find("check box", "^Drills$")


travel(journey)
