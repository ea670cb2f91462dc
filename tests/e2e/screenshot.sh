#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Takes the pictures of the real window: screenshot.sh BIN_FOLDER OUT_FOLDER. Needs xvfb-run. Every
# design from its first chapter to its last, as tall as it is; where app_gui_test was built, also a
# drill being solved, a row's arithmetic, an incident that is played and a file of the user's, in both
# themes and two sizes.
set -eu
bin=$1 out=$2
export REHEARSE_HOME
REHEARSE_HOME=$(mktemp -d)
trap 'rm -rf "$REHEARSE_HOME"' EXIT
mkdir -p "$out"
for page in today drills drill:hits-in-window designs study progress files; do
  for theme in light dark; do
    xvfb-run -a -s "-screen 0 1440x900x24" "$bin/rehearse-desktop" --page "$page" --theme "$theme" --shot "$out/${page/:/-}-$theme.png"
  done
done
for file in "$(dirname "$0")"/../../designs/*.lua; do
  design=$(basename "$file" .lua)
  xvfb-run -a -s "-screen 0 1440x900x24" "$bin/rehearse-desktop" --page "design:$design" --theme light --size 1440x5200 --shot "$out/design-$design.png"
done
if [ -x "$bin/app_gui_test" ]; then
  REHEARSE_SHOTS=$out QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" "$bin/app_gui_test" "[.shots]"
fi
