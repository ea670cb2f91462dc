# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader meets it: started, looked through, pressed and typed into over the
accessibility bus. Nothing here knows a widget; what a journey cannot find, nobody without eyes can.

The bus is spoken to directly (AT-SPI 2, org.a11y.atspi.*), so that all children of a node are asked
for in one call: Qt 6.4 reads beyond its list when a child goes between their count and their names.

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

from gi.repository import Gio, GLib

BOUND_S = 30
CALL_MS = 10000
LOOK_EVERY_S = 0.03
MAX_DEPTH = 40
CHECKED, ENABLED, FOCUSED, PRESSED, SHOWING = 4, 8, 12, 20, 25  # bits of GetState
PRESS, RELEASE, SYMBOL, TEXT = 0, 1, 3, 4  # kinds of keyboard events
MODIFIERS = {"Shift": 50, "Control": 37, "Alt": 64}  # key codes of every X server's evdev layout
KEYS = {"Return": 0xFF0D, "Escape": 0xFF1B, "Tab": 0xFF09, "Down": 0xFF54, "Home": 0xFF50,
        "F6": 0xFFC3}
REGISTRY = "org.a11y.atspi.Registry"


class Lost(Exception):
    """The journey cannot go on; the message says what was looked for."""


def accessibility_bus():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                None, Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()[0]
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    return Gio.DBusConnection.new_for_address_sync(address, flags)


class Node:
    """One thing that the window tells of itself."""

    def __init__(self, bus, name, path):
        self.bus, self.name, self.path = bus, name, path

    def ask(self, interface, method, signature=None, *values):
        asked = GLib.Variant(signature, values) if signature else None
        answer = self.bus.call_sync(self.name, self.path, interface, method, asked, None,
                                    Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()
        return answer[0] if len(answer) == 1 else answer

    def about(self, part, method, *values):
        return self.ask("org.a11y.atspi." + part, method, *values)

    def property(self, part, name):
        return self.ask("org.freedesktop.DBus.Properties", "Get", "(ss)", "org.a11y.atspi." + part,
                        name)

    def children(self):
        return [Node(self.bus, *child) for child in self.about("Accessible", "GetChildren")]

    def role(self):
        return self.about("Accessible", "GetRoleName")

    def label(self):
        return self.property("Accessible", "Name")

    def has(self, state):
        low, high = self.about("Accessible", "GetState")
        return bool((low | high << 32) >> state & 1)

    def text(self):
        return self.about("Text", "GetText", "(ii)", 0, -1)

    def said(self):
        """What is written in a field, else its name."""
        return self.text() if self.role() == "text" else self.label()

    def everything(self, depth=0):
        """All that is seen below, in the order in which it is read."""
        if depth > MAX_DEPTH:
            return
        for child in self.children():
            try:
                if child.has(SHOWING):
                    yield child
                    yield from child.everything(depth + 1)
            except GLib.Error:
                continue  # it went while we looked


class Window:
    """`actions` counts what a user did: a press, a text written or typed, a key, a slider moved."""

    def __init__(self):
        self.actions = 0
        self.binaries, self.out = os.environ["JOURNEY_BIN"], os.environ["JOURNEY_OUT"]
        self.home = tempfile.mkdtemp(prefix="rehearse-journey-")
        self.bus = accessibility_bus()
        self.process = self.app = None

    # Starting and ending.

    def start(self, *flags):
        return self.start_by("rehearse-desktop", "--size", "1280x800", *flags)

    def start_by(self, program, *flags):
        with open(self.out + "/window.log", "a") as log:
            self.process = subprocess.Popen([f"{self.binaries}/{program}", "--home", self.home,
                                             *flags], stderr=log)
        self.app = self.until("the window's application on the accessibility bus", self._application)
        self.until("a window with something in it", lambda: next(self.app.everything(), None))
        return self

    def _application(self):
        for app in Node(self.bus, REGISTRY, "/org/a11y/atspi/accessible/root").children():
            owner = self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                       GLib.Variant("(s)", (app.name,)), None,
                                       Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()[0]
            if owner == self.process.pid and app.children():
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
            except (GLib.Error, sqlite3.OperationalError):
                pass  # what was looked at went away, or is being written
            if self.process.poll() is not None:
                raise Lost(f"the window ended with status {self.process.returncode} before: {what}")
            time.sleep(LOOK_EVERY_S)
        raise Lost(f"waited {BOUND_S} s for: {what}")

    def seen(self, role, name):
        """The first that shows with this role (or one of these) and says what matches, or None."""
        roles = (role,) if isinstance(role, str) else role
        pattern = re.compile(name)
        for node in self.app.everything():
            if (role is None or node.role() in roles) and pattern.search(node.said()):
                return node
        return None

    def find(self, role, name):
        return self.until(f"{role or 'anything'} named /{name}/", lambda: self.seen(role, name))

    def field(self, name):
        """A field to write in, by its name."""
        pattern = re.compile(name)
        return self.until(f"a field named /{name}/", lambda: next(
            (node for node in self.app.everything()
             if node.role() == "text" and pattern.search(node.label())), None))

    # Doing.

    def press(self, name, role=("push button", "check box", "radio button", "toggle button")):
        """Back when what the button does is done: Qt says yes at once and clicks 0.1 s later, and
        another press in between would put the click off again."""
        def pressed():
            node = self.seen(role, name)
            if node is None or not node.has(ENABLED):
                return None
            for i, (action, _, _) in enumerate(node.about("Action", "GetActions")):
                if action in ("Press", "Toggle"):
                    return node if node.about("Action", "DoAction", "(i)", i) else None
            raise Lost(f"{name} cannot be pressed")
        self.actions += 1
        button = self.until(f"a button /{name}/ that can be pressed", pressed)
        self.until(f"the end of the press of /{name}/", lambda: self._released(button))

    @staticmethod
    def _released(button):
        try:
            return not button.has(PRESSED)
        except GLib.Error:
            return True  # it went with what it did

    def focus(self, node):
        node.about("Component", "GrabFocus")
        self.until(f"the focus in {node.said()[:40]!r}", lambda: node.has(FOCUSED))

    def write(self, node, text):
        self.actions += 1
        node.about("EditableText", "SetTextContents", "(s)", text)
        self.until("the text in the field", lambda: node.text().strip() == text.strip())

    def move(self, node, value):
        """A slider, or the number in a field."""
        self.actions += 1
        node.ask("org.freedesktop.DBus.Properties", "Set", "(ssv)", "org.a11y.atspi.Value",
                 "CurrentValue", GLib.Variant("d", value))

    def _keyboard(self, code, text, kind):
        Node(self.bus, REGISTRY, "/org/a11y/atspi/registry/deviceeventcontroller").about(
            "DeviceEventController", "GenerateKeyboardEvent", "(isu)", code, text, kind)

    def type(self, text):
        """Real key presses, one after another, to what has the focus."""
        self.actions += 1
        self._keyboard(0, text, TEXT)

    def key(self, key, *modifiers):
        """A key by its character or its name in KEYS, held with modifiers ("Control", "Shift")."""
        self.actions += 1
        for modifier in modifiers:
            self._keyboard(MODIFIERS[modifier], "", PRESS)
        self._keyboard(KEYS.get(key) or ord(key), "", SYMBOL)
        for modifier in reversed(modifiers):
            self._keyboard(MODIFIERS[modifier], "", RELEASE)

    def rows(self, query):
        """What the database holds, as another program reads it."""
        database = sqlite3.connect(f"file:{self.home}/rehearse.db?mode=ro", uri=True)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def brightness(self):
        """Of the screen on the whole, from 0 to 255: the mean over the X server's frame buffer."""
        with open(self.out + "/screen/Xvfb_screen0", "rb") as file:
            head = int.from_bytes(file.read(4), "big")
            file.seek(head)
            pixels = file.read()
        some = pixels[len(pixels) % 4 :: 4 * 997]
        return sum(some) / len(some)

    # When a journey is lost.

    def tell(self, why):
        print(f"LOST: {why}", file=sys.stderr)
        picture, tree = self.out + "/lost.png", self.out + "/lost.txt"
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", picture], check=False)
            print(f"what was on the screen: {picture}", file=sys.stderr)
        lines = []
        try:
            for node in self.app.everything() if self.app else ():
                lines.append(f"{node.role():<16} {node.said()[:110]!r}")
        except GLib.Error as gone:
            lines.append(f"and then: {gone}")
        with open(tree, "w") as file:
            file.write("\n".join(lines))
        print(f"what a screen reader met ({tree}):", *lines[:150], sep="\n", file=sys.stderr)
        with open(self.out + "/window.log") as log:
            sys.stderr.write(log.read()[-2000:])


def travel(journey):
    """Runs one journey; the exit code says whether it arrived."""
    window = Window()
    try:
        journey(window)
        print("arrived")
        code = 0
    except (Lost, AssertionError, GLib.Error, sqlite3.Error) as why:
        window.tell(why)
        code = 1
    finally:
        window.close()
    sys.exit(code)
