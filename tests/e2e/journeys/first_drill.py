# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first start promises: from an empty home, led by Today, to the first accepted drill and the
first moved slider, in few actions and without anything to set up."""
import os

from window import travel

FEWER_THAN = 10  # a start, a text, a run and a submission; a way back; a design and its slider
SOLUTION = """function largest_window_sum(nums, k)
  local sum = 0
  for i = 1, k do sum = sum + nums[i] end
  local best = sum
  for i = k + 1, #nums do
    sum = sum + nums[i] - nums[i - k]
    if sum > best then best = sum end
  end
  return best
end
"""


def done(window):
    """How many of the first steps Today says are done."""
    return sum(node.role() == "label" and node.label() == "Done."
               for node in window.app.everything())


def figure(window):
    """One of the design's numbers, or None while it is drawn anew."""
    node = window.seen(None, "^rows trained: ")
    return node and node.label()


def journey(window):
    assert not os.listdir(window.home), "the home is not empty"
    window.start()
    window.find("label", "^Welcome")
    assert done(window) == 0
    window.press("^Start drill: ")
    editor = window.field("^Solution$")
    window.until("the starter in the editor", lambda: "largest_window_sum" in editor.text())
    window.write(editor, SOLUTION)
    window.press("^Run")
    window.find(None, r"\d+ of \d+ examples right")
    window.press("^Submit")
    window.press("^90 percent sure$")
    window.find(None, "^Accepted")
    assert window.until("the attempt in the database", lambda: window.rows(
        "SELECT verdict, stated FROM attempts WHERE drill = 'largest-window-sum'")) == [("AC", 0.9)]
    window.press("^Today$")
    window.until("the first step done", lambda: done(window) == 1)
    window.press("^Open design: ")
    slider = window.find("slider", "^negatives kept$")
    rows = window.until("figures of the design", lambda: figure(window))
    window.move(slider, round(0.65 * slider.property("Value", "MaximumValue")))
    window.until("a figure that follows the slider", lambda: figure(window) not in (None, rows))
    assert window.actions < FEWER_THAN, f"the first steps took {window.actions} actions"
    window.press("^Today$")
    window.until("the second step done", lambda: done(window) == 2)


travel(journey)
