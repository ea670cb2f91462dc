#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Travels one journey through the real window, over the accessibility bus of a session of its own:
#
#   run.sh BIN_FOLDER SOURCE_FOLDER OUT_FOLDER JOURNEY
#
# An X server, a window manager, a message bus and its registry are started for it and end with it.
# Exit 77 (skipped) where one of them is not installed.
set -u
bin=$1 source=$2 out=$3/$4 journey=$4
for program in xvfb-run openbox dbus-run-session /usr/bin/python3; do
  command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
/usr/bin/python3 -c 'from gi.repository import Gio' 2>/dev/null || { echo "skipped: python3-gi is not installed"; exit 77; }
[ -x /usr/libexec/at-spi-bus-launcher ] || { echo "skipped: at-spi2-core is not installed"; exit 77; }
rm -rf "$out"
mkdir -p "$out/runtime" "$out/screen"
chmod 700 "$out/runtime"
export JOURNEY_BIN=$bin JOURNEY_OUT=$out REHEARSE_DATA=$source XDG_RUNTIME_DIR=$out/runtime
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb PYTHONDONTWRITEBYTECODE=1
exec xvfb-run -a -s "-screen 0 1280x800x24 -fbdir $out/screen" dbus-run-session -- bash -c '
  openbox >/dev/null 2>&1 &
  manager=$!
  /usr/bin/python3 "$1"
  code=$?
  kill $manager
  exit $code' journey "$(dirname "$0")/$journey.py" 2> >(grep -v "Failed to set fd limit\|Activating service\|Successfully activated\|SpiRegistry daemon" >&2)
