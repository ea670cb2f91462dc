#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide's ids and labels: make_inventory.py INVENTORY.md > content/inventory.toml"""
import json
import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
kinds = {"F": "focus", "T": "tested", "C": "concept", "W": "worked example", "A": "angle", "P": "pitfall", "N": "connection", "R": "reading", "D": "drill pointer"}
entries = {}


def kind_of(ident):
    if ident[0] == "R":
        return "rating"
    if ident[0] in "BEX":
        return {"B": "budget", "E": "emphasis", "X": "quantity"}[ident[0]]
    if "-" not in ident:
        return "section"
    return kinds.get(ident.split("-")[1][0], "other")


def add(ident, label):
    label = re.sub(r"\s+", " ", label.replace("`", "")).strip(" |-")
    if ident and ident not in entries:
        entries[ident] = label


for line in text.splitlines():
    if line.startswith("| S"):
        cells = [c.strip() for c in line.strip("|").split("|")]
        ident = cells[0]
        if re.fullmatch(r"S\d\d", ident):
            add(ident, cells[1])
            for cell in cells:
                for sub, label in re.findall(r"`(S\d\d-[FT])` ([^`|]*)", cell):
                    add(sub, label)
        else:
            rest = [c for c in cells[1:] if not re.fullmatch(r"L\d+|\d+|lab.*|card.*|drill.*|quiz", c)]
            add(ident, "; ".join(rest[:2]))
    for ident, label in re.findall(r"^- `([A-Z]\w+(?:-\w+)?)`\s*(.*)$", line):
        add(ident, re.sub(r"^L\d+\s*", "", label))

print("# The guide's ids and labels, made by tests/oracles/content/make_inventory.py.")
for ident in sorted(entries):
    section = ident.split("-")[0] if ident.startswith("S") else ""
    print(f'"{ident}" = {{ kind = {json.dumps(kind_of(ident))}, section = {json.dumps(section)}, label = {json.dumps(entries[ident], ensure_ascii=False)} }}')
