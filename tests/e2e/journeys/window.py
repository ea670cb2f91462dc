# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader meets it: started, looked through, pressed and typed into over the
accessibility bus. Nothing here knows a widget; what a journey cannot find, nobody without eyes can.

Every wait is for a condition and ends a journey that hangs after BOUND_S; what was on the screen is
then written beside the test's log, as a tree and as a picture."""
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BOUND_S = 30
LOOK_EVERY_S = 0.03
MAX_DEPTH = 40
SHOWING = Atspi.StateType.SHOWING
MODIFIERS = {"Shift": 50, "Control": 37, "Alt": 64}  # key codes of every X server's evdev layout
KEYS = {"Return": 0xFF0D, "Escape": 0xFF1B, "Tab": 0xFF09, "Down": 0xFF54, "F6": 0xFFC3}  # X key symbols


class Lost(Exception):
    """The journey cannot go on; the message says what was looked for."""


def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child


def shows(node):
    return node.get_state_set().contains(SHOWING)


def everything(node, depth=0):
    """All that is seen below `node`, in the order in which it is read."""
    if depth > MAX_DEPTH:
        return
    for child in children(node):
        try:
            if shows(child):
                yield child
                yield from everything(child, depth + 1)
        except GLib.Error:
            continue  # it went while we looked


def said(node):
    """The text of an editor or a label."""
    if node.get_role_name() == "text":
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    return node.get_name() or ""


class Window:
    def __init__(self, home=None):
        self.binaries, self.out = os.environ["JOURNEY_BIN"], os.environ["JOURNEY_OUT"]
        self.home = home or tempfile.mkdtemp(prefix="rehearse-journey-")
        self.process = self.app = None

    # Starting and ending.

    def start(self, *flags):
        self.process = subprocess.Popen(
            [self.binaries + "/rehearse-desktop", "--home", self.home, "--size", "1280x800", *flags],
            stderr=open(self.out + "/window.log", "a"))
        self.app = self.until("the window's application on the accessibility bus", self._application)
        self.app.set_cache_mask(Atspi.Cache.NONE)
        self.until("a window with something in it", lambda: next(everything(self.app), None))
        return self

    def _application(self):
        if self.process.poll() is not None:
            raise Lost(f"the window ended by itself with status {self.process.returncode}")
        for app in children(Atspi.get_desktop(0)):
            if app.get_process_id() == self.process.pid and app.get_child_count():
                return app
        return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    # Looking.

    def until(self, what, look):
        end = time.monotonic() + BOUND_S
        while time.monotonic() < end:
            try:
                found = look()
                if found:
                    return found
            except GLib.Error:
                pass  # what was looked at went away
            if self.process.poll() is not None:
                raise Lost(f"the window ended with status {self.process.returncode} before: {what}")
            time.sleep(LOOK_EVERY_S)
        raise Lost(f"waited {BOUND_S} s for: {what}")

    def seen(self, role, name):
        """The first that shows with this role (or one of these) and a name that matches, or None."""
        roles = (role,) if isinstance(role, str) else role
        pattern = re.compile(name)
        for node in everything(self.app):
            if (role is None or node.get_role_name() in roles) and pattern.search(said(node)):
                return node
        return None

    def find(self, role, name):
        return self.until(f"{role or 'anything'} named /{name}/", lambda: self.seen(role, name))

    def all(self, role):
        return [node for node in everything(self.app) if node.get_role_name() == role]

    # Doing.

    def press(self, name, role=("push button", "check box", "radio button", "toggle button")):
        def pressed():
            node = self.seen(role, name)
            if node is None or not node.get_state_set().contains(Atspi.StateType.ENABLED):
                return False
            for i in range(Atspi.Action.get_n_actions(node)):
                if Atspi.Action.get_action_name(node, i) in ("Press", "Toggle", "click"):
                    return Atspi.Action.do_action(node, i)
            raise Lost(f"{name} cannot be pressed")
        self.until(f"a button /{name}/ that can be pressed", pressed)

    def focus(self, node):
        Atspi.Component.grab_focus(node)
        self.until(f"the focus in {said(node)[:40]!r}",
                   lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED))

    def editor(self, name="^Solution$"):
        def look():
            pattern = re.compile(name)
            return next((node for node in everything(self.app) if node.get_role_name() == "text"
                         and pattern.search(node.get_name() or "")), None)
        return self.until(f"a field named /{name}/", look)

    def write(self, node, text):
        Atspi.EditableText.set_text_contents(node, text)
        self.until("the text in the field", lambda: said(node).strip() == text.strip())

    def type(self, text):
        """Real key presses, one after another, to what has the focus."""
        Atspi.generate_keyboard_event(0, text, Atspi.KeySynthType.STRING)

    def key(self, key, *modifiers):
        """A key by its character or its name in KEYS, held with modifiers ("Control", "Shift")."""
        for modifier in modifiers:
            Atspi.generate_keyboard_event(MODIFIERS[modifier], None, Atspi.KeySynthType.PRESS)
        Atspi.generate_keyboard_event(KEYS.get(key) or ord(key), None, Atspi.KeySynthType.SYM)
        for modifier in reversed(modifiers):
            Atspi.generate_keyboard_event(MODIFIERS[modifier], None, Atspi.KeySynthType.RELEASE)

    def rows(self, query):
        """What the database holds, as another program reads it."""
        database = sqlite3.connect(f"file:{self.home}/rehearse.db?mode=ro", uri=True)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    # When a journey is lost.

    def tell(self, why):
        print(f"LOST: {why}", file=sys.stderr)
        picture, tree = self.out + "/lost.png", self.out + "/lost.txt"
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", picture], check=False)
            print(f"what was on the screen: {picture}", file=sys.stderr)
        with open(tree, "w") as file:
            for node in everything(self.app) if self.app else ():
                try:
                    file.write(f"{node.get_role_name():<16} {said(node)[:110]!r}\n")
                except GLib.Error:
                    continue
        print(f"what a screen reader met: {tree}", file=sys.stderr)
        with open(tree) as file:
            sys.stderr.write(file.read()[:6000])


def travel(journey):
    """Runs one journey; the exit code says whether it arrived."""
    window = Window()
    Atspi.init()
    try:
        journey(window)
        print("arrived")
        code = 0
    except (Lost, AssertionError, GLib.Error) as why:
        window.tell(why)
        code = 1
    finally:
        window.close()
    sys.exit(code)
