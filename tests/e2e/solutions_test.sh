#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Solutions written from the statements alone get the verdict that they should, and every family of
# drills has an accepted one in Python or C++: solutions_test.sh BIN_FOLDER SOURCE_FOLDER
set -u
bin=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export REHEARSE_HOME=$work/home NO_COLOR=1 REHEARSE_DATA=$source
"$bin/rehearse" grade "$source/tests/solutions" --jobs 2 --json > "$work/report.json"
python3 - "$work/report.json" "$source" <<'PY'
import glob, json, os, re, sys
report, source = json.load(open(sys.argv[1])), sys.argv[2]
category = {os.path.basename(p)[:-4]: p.split("/")[-2] for p in glob.glob(source + "/drills/*/*.lua")}
passed, failed, families = 0, 0, set()
for one in report["submissions"]:
    head = open(one["path"], errors="replace").read(400)
    named = re.search(r"expect: (\w+)", head)
    right = "-right." in one["path"]
    due = {"AC"} if right else {named.group(1)} if named else {"WA", "TLE", "MLE", "RTE"}
    if one["verdict"] in due:
        passed += 1
        if right and one["language"] != "lua": families.add(category[one["drill"]])
    else:
        failed += 1
        print("FAILED:", os.path.basename(one["path"]), one["verdict"], "instead of", due, one.get("message", ""))
for family in sorted(set(category.values()) - families):
    failed += 1
    print("FAILED: no accepted solution in Python or C++ for a drill of", family)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
PY
