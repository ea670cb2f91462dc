#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hashes of every run of eight words of the guide: make_guide_runs.py GUIDE.txt > content/guide-runs.bin

Words are [a-z0-9]+ of the text with ASCII letters lowered; a run is joined by single spaces and
hashed by 64-bit FNV-1a. The file is "RUNS8\\0\\0\\1", then ascending little-endian hashes.
"""
import re
import struct
import sys

text = open(sys.argv[1], encoding="utf-8").read()
words = re.findall(r"[a-z0-9]+", re.sub(r"[A-Z]", lambda m: m.group().lower(), text))


def fnv1a(data):
    state = 14695981039346656037
    for byte in data:
        state = ((state ^ byte) * 1099511628211) % 2**64
    return state


runs = sorted({fnv1a(" ".join(words[i:i + 8]).encode()) for i in range(len(words) - 7)})
sys.stdout.buffer.write(b"RUNS8\0\0\1" + struct.pack(f"<{len(runs)}Q", *runs))
