#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A class is graded in one go, in shards, and in shards by GNU parallel; merged, the three are the
# same report but for times: cohort_test.sh BIN_FOLDER SOURCE_FOLDER
set -u
bin=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export REHEARSE_HOME=$work/home NO_COLOR=1 REHEARSE_DATA=$source
passed=0 failed=0
r=$bin/rehearse
class=$work/class
mkdir "$class"
# Every fourth solution of each ending keeps this short; the whole folder is graded by its own test.
for ending in lua py cpp; do
  ls "$source"/tests/solutions/*."$ending" 2>/dev/null | awk 'NR % 4 == 1' | xargs -r -I{} cp {} "$class"
done

# What two reports must share: everything but times and where the processor's clock went.
python3 - > "$work/same.py" <<'PY'
print('''
import json, sys
def told(path):
    report = json.load(open(path))
    return {s["path"]: [s["drill"], s["language"], s["verdict"], [(c["name"], c["verdict"]) for c in s["cases"]]]
            for s in report["submissions"]}, report["summary"], report["drills"]
a, b = told(sys.argv[1]), told(sys.argv[2])
for path in sorted(set(a[0]) | set(b[0])):
    if a[0].get(path) != b[0].get(path): print(path, a[0].get(path), b[0].get(path), sep="\\n  ")
sys.exit(a != b)
''')
PY

check() {
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

"$r" grade "$class" --jobs 2 --json > "$work/whole.json" 2> "$work/errors"
check "the whole class is graded" [ "$?" = 1 ]
for i in 1 2 3 4; do "$r" grade "$class" --jobs 2 --shard $i/4 --json > "$work/shard$i.json" 2>> "$work/errors"; done
"$r" grade-merge "$work"/shard?.json > "$work/merged.json"
check "four shards merge to the same report" python3 "$work/same.py" "$work/whole.json" "$work/merged.json"

if command -v parallel > /dev/null; then
  parallel -j 2 "$r grade $class --jobs 1 --shard {}/4 --json > $work/parallel{}.json" ::: 1 2 3 4 2>> "$work/errors"
  "$r" grade-merge "$work"/parallel?.json > "$work/merged.json"
  check "GNU parallel's shards merge to the same report" python3 "$work/same.py" "$work/whole.json" "$work/merged.json"
else
  echo "GNU parallel is not here: its part is skipped"
fi

"$r" grade-merge "$work/shard1.json" "$work/shard1.json" > /dev/null 2> "$work/twice"
check "a shard given twice is an error" [ "$?" = 2 ]
head -c 200 "$work/shard1.json" > "$work/torn.json"
"$r" grade-merge "$work/torn.json" > /dev/null 2> "$work/torn"
check "a torn report is an error" [ "$?" = 2 ]
check "which names the file" grep -q torn.json "$work/torn"

echo "$(ls "$class" | wc -l) submissions"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] || { cat "$work/errors"; exit 1; }
