#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Nothing here uses a network, proved by the system calls: no_network_test.sh BIN_FOLDER SOURCE_FOLDER
#
# The window drawn (on an X server where there is one to start, else offscreen), a drill accepted and
# a design run, each with all its processes under strace. The only sockets allowed are AF_UNIX (the X
# server, the desktop's message bus, the judge's pipe) and AF_NETLINK (the list of interfaces, which
# Qt and the sandbox ask of the kernel and which leads to no other machine). Exit 77 (skipped) where
# strace is absent or may not trace.
set -u
bin=$1 source=$2
command -v strace >/dev/null || { echo "skipped: strace is not installed"; exit 77; }
strace -f -o /dev/null true 2>/dev/null || { echo "skipped: strace may not trace here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export REHEARSE_HOME=$work/home REHEARSE_DATA=$source NO_COLOR=1
failed=0

# watched NAME COMMAND…: the command does its work, and opens no socket but those. What stands in
# `within` starts it and is not watched itself.
within=()
watched() {
  local name=$1 code
  shift
  timeout 60 "${within[@]}" strace -f -qq -e trace=socket,connect,sendto,sendmsg -o "$work/$name.calls" "$@" >"$work/$name.out" 2>&1
  code=$?
  if [ $code != 0 ]; then
    failed=1
    printf 'FAILED: %s ended with %s\n%s\n' "$name" $code "$(tail -n 5 "$work/$name.out")"
  fi
  # A connect to another family is seen even where the socket was handed over.
  if grep -E 'socket\(|sa_family=' "$work/$name.calls" | grep -Ev 'socket\(AF_(UNIX|LOCAL|NETLINK),|sa_family=AF_(UNIX|LOCAL|NETLINK)'; then
    failed=1
    echo "FAILED: $name asked for the network, see above"
  fi
  printf '%s: sockets of %s\n' "$name" "$(grep -Eo 'socket\(AF_[A-Z]+' "$work/$name.calls" | sort | uniq -c | sed 's/ *\([0-9]*\) socket(/\1 × /' | paste -sd, -)"
}

# What can be seen at all: a socket of the network is found by the same line.
if command -v python3 >/dev/null; then
  strace -f -qq -e trace=socket,connect -o "$work/control.calls" python3 -c 'import socket; socket.socket(socket.AF_INET)' 2>/dev/null
  grep -q 'socket(AF_INET' "$work/control.calls" || { echo "FAILED: strace does not show a network socket that is there"; failed=1; }
fi

platform=offscreen
# A message bus of its own, or Qt would start one that outlives the window, and strace would wait.
if command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null; then
  within=(xvfb-run -a dbus-run-session --) platform=xcb
fi
watched window env QT_QPA_PLATFORM=$platform "$bin/rehearse-desktop" --page today --shot "$work/window.png"
within=()
[ -s "$work/window.png" ] || { failed=1; echo "FAILED: the window was not drawn"; }
watched drill "$bin/rehearse" grade "$source/tests/solutions/fewest-rooms-right.lua"
grep -q accepted "$work/drill.out" || { failed=1; echo "FAILED: the drill was not accepted"; cat "$work/drill.out"; }
watched design "$bin/rehearse" run click-calibration
[ $failed = 0 ] && echo "no network: all as it should be"
exit $failed
