#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Takes the pictures of the real window: screenshot.sh BIN_FOLDER OUT_FOLDER. Needs xvfb-run. Where
# app_gui_test was built, also of a drill being solved, in both themes and two sizes.
set -eu
bin=$1 out=$2
export REHEARSE_HOME
REHEARSE_HOME=$(mktemp -d)
trap 'rm -rf "$REHEARSE_HOME"' EXIT
mkdir -p "$out"
for page in today drills drill:hits-in-window designs design:click-calibration design:feature-drift study progress; do
  for theme in light dark; do
    xvfb-run -a -s "-screen 0 1440x900x24" "$bin/rehearse-desktop" --page "$page" --theme "$theme" --shot "$out/${page/:/-}-$theme.png"
  done
done
if [ -x "$bin/app_gui_test" ]; then
  REHEARSE_SHOTS=$out QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" "$bin/app_gui_test" "[.shots]"
fi
