#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Takes the pictures of the real window that lie beside this file: shots.sh BIN_FOLDER [OUT_FOLDER]
# [CASES]. Every page and state in two looks, the pages also at two pixels a point. Needs xvfb-run
# and app_gui_test. With --designs instead of cases: every design from its first chapter to its
# last, as tall as it is (these are not kept).
set -eu
bin=$1
out=${2:-$(dirname "$0")/shots}
cases=${3:-[.shots]}
mkdir -p "$out"
out=$(realpath "$out")
if [ "$cases" = --designs ]; then
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
  for file in "$(dirname "$0")"/../../designs/*.lua; do
    design=$(basename "$file" .lua)
    xvfb-run -a -s "-screen 0 1440x900x24" "$bin/rehearse-desktop" --home "$home" --page "design:$design" \
      --theme light --size 1440x5200 --shot "$out/design-$design.png"
  done
  exit
fi
export REHEARSE_SHOTS=$out QT_QPA_PLATFORM=xcb
xvfb-run -a -s "-screen 0 1600x1000x24" "$bin/app_gui_test" "$cases"
if [ "$cases" = "[.shots]" ]; then
  QT_SCALE_FACTOR=2 xvfb-run -a -s "-screen 0 3000x1900x24" "$bin/app_gui_test" "[pages]"
fi
