#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./rehearse itself, on a machine of stubs (packages, apt, cmake): launcher_test.sh SOURCE_FOLDER
set -u
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
house=$work/house stubs=$work/stubs
mkdir -p "$house/engine" "$house/drills" "$house/app" "$house/cmake" "$stubs"
cp "$source/rehearse" "$house/"
touch "$house/CMakeLists.txt" "$house/CMakePresets.json" "$house/engine/one.cpp"
# Only what the stubs do not replace is taken from this machine, so that its sudo is not seen.
for tool in bash env dirname readlink comm sort awk cat chmod mkdir tee tail mktemp touch rm find sh date printf; do
  ln -s "$(command -v $tool)" "$stubs/$tool"
done
stub() { printf '#!/bin/bash\n%s\n' "$2" > "$stubs/$1"; chmod +x "$stubs/$1"; }
failed=0
complain() { failed=1; printf 'FAILED: %s\n%s\n' "$1" "$out"; }
launch() { out=$(cd / && PATH=$stubs "$house/rehearse" "$@" 2>&1 </dev/null); code=$?; }
calls() { local n; n=$(cat "$work/$1.calls" 2>/dev/null); out="$out
calls of $1: $n"; printf '%s' "$n" | awk 'END {exit NR != '"$2"'}'; }

# What is there: everything but two packages.
stub dpkg-query 'for name; do case $name in -*|*Package*|cmake|libfmt-dev) ;; *) echo "$name installed";; esac; done'
stub cmake 'echo "$*" >> "'"$work"'/cmake.calls"'
stub id 'echo 1000'

launch drills
[ $code = 2 ] || complain "no root, no sudo: exit 2, not $code"
[[ "$out" == *"As root, run:"*"apt-get install -y --no-install-recommends cmake libfmt-dev" ]] || complain "the line to run names the two missing packages and no other"
calls cmake 0 || complain "nothing is built before the packages are there"

stub id 'echo 0'
stub apt-get 'echo "$*" >> "'"$work"'/apt.calls"; exit 1'
launch drills
[ $code = 2 ] && [[ "$out" == *"the installation failed"* ]] || complain "a failed installation ends with 2 and says so, not $code"
[[ "$out" == *"installing what is missing"*"cmake libfmt-dev"* ]] || complain "the line is shown before it runs"

stub apt-get 'echo "$*" >> "'"$work"'/apt.calls"'
stub cmake 'echo "$*" >> "'"$work"'/cmake.calls"; echo "the compiler says no"; exit 1'
launch drills
[ $code = 3 ] && [[ "$out" == *"the compiler says no"* ]] || complain "a failed build shows its log and ends with 3, not $code"
[[ "$(cat "$work/apt.calls")" == *"install -y --no-install-recommends cmake libfmt-dev"* ]] || complain "as root the packages are installed"

# A build that works leaves a program that says what it was given.
rm -f "$work/cmake.calls"
stub cmake 'echo "$*" >> "'"$work"'/cmake.calls"
case $1 in --preset) touch "'"$house"'/build/dev/build.ninja";; esac
mkdir -p "'"$house"'/build/dev/bin"
printf "#!/bin/bash\nprintf \"<%%s>\" \"\$@\"; exit 7\n" > "'"$house"'/build/dev/bin/rehearse"
chmod +x "'"$house"'/build/dev/bin/rehearse"'
launch run "two words" --set "a b=1"
[ $code = 7 ] || complain "the program's own exit code is kept, not $code"
[[ "$out" == *"<run><two words><--set><a b=1>" ]] || complain "arguments arrive as given"
calls cmake 2 || complain "configured once and built once"
[[ "$(cat "$work/cmake.calls")" == *"rehearse rehearse-desktop rehearse-worker"* ]] || complain "a verb builds no tests"

launch drills
calls cmake 2 || complain "nothing changed: nothing is built"
[ "$out" = "<drills>
calls of cmake: $(cat "$work/cmake.calls")" ] || complain "nothing changed: not a word"

touch -d '+2 seconds' "$house/engine/one.cpp"
launch drills
calls cmake 3 || complain "a changed file is built again"

rm -f "$stubs/dpkg-query"
stub dpkg-query 'exit 1'
stub id 'echo 1000'
launch test
[ $code = 2 ] && [[ "$out" == *catch2* ]] || complain "tests ask for their own packages too"

[ $failed = 0 ] && echo "the launcher: all as it should be"
exit $failed
