#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The command line as a user meets it: cli_test.sh BIN_FOLDER SOURCE_FOLDER
set -u
bin=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export REHEARSE_HOME=$work/home QT_QPA_PLATFORM=offscreen NO_COLOR=1 REHEARSE_DATA=$source
passed=0 failed=0

# expect CODE WORDS COMMAND…: the exit code, and words that stdout or stderr must hold.
expect() {
  local code=$1 words=$2 out got
  shift 2
  out=$("$@" 2>&1)
  got=$?
  if [ "$got" = "$code" ] && [[ "$out" == *"$words"* ]]; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  printf 'FAILED: %s\n  exit %s (due %s), words due: %s\n%s\n' "$*" "$got" "$code" "$words" "${out:0:800}"
}

json() { python3 -c 'import json,sys; d=json.load(sys.stdin); '"$1"; }
check_json() {
  local what=$1
  shift
  if "$@" 2>/dev/null | json "$what"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $* | $what"; fi
}

r=$bin/rehearse
python3 - "$work" <<'PY'
import random, sys
random.seed(1)
work = sys.argv[1]
with open(work + "/scores.csv", "w") as f:
    f.write("label,score,device\n")
    for i in range(4000):
        p = random.random() ** 3
        f.write(f"{int(random.random() < p)},{p:.6f},{'ios' if i % 2 else 'web'}\n")
open(work + "/bad.csv", "w").write("label,score\n1,0.5\n0,nan\n")
open(work + "/ragged.csv", "w").write("label,score\n1,0.5\n0\n")
with open(work + "/short.csv", "w") as f:
    f.write("time,click,device\n")
    for i in range(2000):
        f.write(f"2026-10-{1 + i // 100:02d}T{i % 24:02d}:00:00Z,{i % 7 == 0:d},web\n")
for name, mean in (("reference", 0), ("current", 0.5)):
    with open(f"{work}/{name}.csv", "w") as f:
        f.write("x,level\n")
        for i in range(2000):
            f.write(f"{random.gauss(mean, 1):.5f},{'a' if i % 3 else 'b'}\n")
import zipfile
with zipfile.ZipFile(work + "/evil.apkg", "w") as z:
    z.writestr("../../evil", "x")
PY
printf -- '-- rehearse: fewest-rooms\nfunction fewest_rooms(m) return #m end\n' > "$work/mine.lua"

expect 0 "hits-in-window" "$r" drills
expect 0 "Voice rooms" "$r" drill fewest-rooms
expect 2 "did you mean" "$r" drill fewest-room
expect 0 "accepted" "$r" grade "$source/tests/solutions/fewest-rooms-right.lua"
expect 1 "wrong answer" "$r" grade "$work/mine.lua"
expect 2 "No such file" "$r" grade "$work/absent.lua" --drill fewest-rooms
expect 0 "rows trained" "$r" sweep click-calibration --over "negatives kept=0.05,0.5" --shard 1/2
expect 2 "its knobs are" "$r" sweep click-calibration --over "negatives=0.05,0.5"
expect 2 "REHEARSE_DRILLS names" env REHEARSE_DRILLS="$work/nowhere" "$r" drills
mkdir "$work/class"
cp "$source"/tests/solutions/{fewest-rooms,window-maximum}-*.lua "$work/class"
expect 1 "" "$r" grade "$work/class" --junit "$work/junit.xml"
expect 0 "" python3 -c "import xml.dom.minidom,sys; xml.dom.minidom.parse('$work/junit.xml')"
check_json 'assert d["submissions"][0]["verdict"] == "WA" and d["submissions"][0]["first_failure"] and d["judge"]["isolation"]' "$r" grade "$work/mine.lua" --json
check_json 'assert d["summary"]["refused"] == 1 and not (d["submissions"][0]["first_failure"] or {}).get("expected")' "$r" grade "$work/mine.lua" --json --hide
mkdir -p "$work/own/state" "$work/none"
cp "$source/drills/state/ttl-store.lua" "$work/own/state/mine.lua"
expect 1 "mine.lua" "$r" lint "$work/own"
sed -i 's/id = "ttl-store"/id = "mine"/' "$work/own/state/mine.lua"
expect 0 "1 files looked at, 0 findings" "$r" lint "$work/own/state/mine.lua"
expect 2 "there is no drill, design or card" "$r" lint "$work/none"
expect 0 "excess log loss" "$r" run click-calibration --set "negatives kept=0.05"
expect 2 "report.xyz must end in .html or .pdf" "$r" run click-calibration --report "$work/report.xyz"
printf 'user,item\nu1,a\nu1,b\nu2,a\nu2,c\nu3,b\nu3,c\n' > "$work/known.csv"
printf 'user,item\nu1,c\nu2,b\nu3,a\n' > "$work/held.csv"
expect 0 "What each source still holds" "$r" run video-feed --input "known=$work/known.csv" --input "held=$work/held.csv"
expect 2 "lacks the columns user, item" "$r" run video-feed --input "known=$work/scores.csv"
# Texts, questions and what is known of them in place of the simulated site.
printf '{"document":"d1","title":"Kettle","text":"The kettle boils. It weighs 900 grams."}\n{"document":"d2","title":"Lamp","text":"The lamp is bright. It burns for 12 hours."}\n' >"$work/texts.jsonl"
printf 'query,text,answer\na,how heavy is the kettle,900 grams\nb,how long does the lamp burn,12 hours\nc,how heavy is the lamp,\n' >"$work/asked.csv"
printf 'query,document\na,d1\nb,d2\n' >"$work/statements.csv"
printf 'text,answer\nhow heavy is the stove,700 grams\nhow long does the stove burn,5 hours\n' >"$work/answered.csv"
printf 'name\nkettle\nlamp\nstove\n' >"$work/things.csv"
expect 0 "d1: It weighs 900 grams" "$r" run answers-with-sources --set search=bm25 --set "in front of a passage=title" --input "texts=$work/texts.jsonl" --input "questions=$work/asked.csv" --input "statements=$work/statements.csv" --input "answered=$work/answered.csv" --input "things=$work/things.csv"
expect 2 "lacks the columns document, text" "$r" run answers-with-sources --input "texts=$work/things.csv"
expect 2 "the log covers the days 0 to 19" "$r" run click-calibration --input "impressions=$work/short.csv"
cat > "$work/strips.lua" <<'LUA'
design "Strips" { asks = "How do they read?", seed = 4 }
local signals = simulate.operations { days = 21, quiet_days = 14, incidents_per_week = 0, segments = false, plant = "slow_dependency", plant_hour = 400, plant_lasts = 24 }
show.timeline { signals, columns = { "latency_p99", "ctr" }, groups = { "infrastructure", "business" }, broken = "incident", title = "T", x_title = "hour", see = "s" }
local log = simulate.impressions { users = 200, days = 2 }
show.funnel { measure.funnel { log, stages = { "position", "click" }, by = "platform" }, by = "arm", title = "F", see = "s" }
LUA
expect 0 "~ truth: slow dependency: 400 to 424" "$r" run "$work/strips.lua"
expect 0 "of before" "$r" run "$work/strips.lua"
expect 2 "outside its range" "$r" run click-calibration --set "negatives kept=7"
expect 2 "no knob" "$r" run click-calibration --set "nope=1"
expect 0 "broken" "$r" check
expect 0 "train.ftrl" "$r" explain click-calibration
expect 0 "incident-null-feature" "$r" triage
expect 2 "did you mean" "$r" triage incident-nul-feature
expect 2 "not an incident" "$r" triage click-calibration
expect 2 "a seed is a whole number" "$r" triage incident-null-feature --seed minus
expect 2 "there is no probe" "$r" triage incident-null-feature --seed 1 --probe dreams --diagnose 1 --act 1
expect 2 "both due" "$r" triage incident-null-feature --seed 1 --probe 1
expect 2 "--json asks nothing" "$r" triage incident-null-feature --json
expect 2 "the input ended before the attempt did" bash -c "printf '1\n' | '$r' triage incident-null-feature --seed 1"
expect 1 "A model update" bash -c "printf '1\n9\n\n2\n2\nCTR is down 5%%.\n\n' | '$r' triage incident-null-feature --seed 1"
check_json 'assert d["debrief"]["points"] >= 80 and d["debrief"]["passed"] and len(d["debrief"]["actions"]) == 4 and d["attempt"]["minutes"] == 11' \
  "$r" triage incident-null-feature --seed 1 --probe "slices by platform" --probe "missing values" --probe "deploy log" --diagnose "a feature stopped arriving" --act "serve the last good values" --json
expect 0 "bias" "$r" step click-calibration --at "as trained" --row 3
check_json 'assert d["rows"] == 4000 and 0.8 < d["calibration_ratio"] < 1.2 and set(d["segments"]) == {"ios", "web"} and len(d["bins"]) == 10' \
  "$r" analyze calibration "$work/scores.csv" --label label --score score --segment device --json
check_json 'assert d["intervals"]["roc_auc"][0] < d["roc_auc"] < d["intervals"]["roc_auc"][1] and len(d["intervals"]["bins"]) == 10' \
  "$r" analyze calibration "$work/scores.csv" --label label --score score --intervals --json
expect 2 "row 2" "$r" analyze calibration "$work/bad.csv" --label label --score score
expect 2 "3" "$r" analyze calibration "$work/ragged.csv" --label label --score score
expect 2 "did you mean" "$r" analyze calibration "$work/scores.csv" --label lable --score score
for method in platt platt-raw isotonic temperature beta histogram; do
  check_json 'assert d["parameters"] and d["before"]["rows"] == d["after"]["rows"] == 1500 and d["after"]["log_loss"] < d["before"]["log_loss"] + 0.1' \
    "$r" analyze calibrate "$work/scores.csv" --label label --score score --method "$method" --fit-rows 2500 --json
done
expect 0 "wrote" "$r" analyze calibrate "$work/scores.csv" --label label --score score --method beta --fit-rows 2500 --out "$work/mapped.csv"
expect 0 "4001" wc -l "$work/mapped.csv"
expect 2 "at least one is to fit on and one to measure on" "$r" analyze calibrate "$work/scores.csv" --label label --score score --method platt --fit-rows 4000
printf 'q,rel,score\na,0,3\na,2,2\nb,0,1\nb,0,0\nc,1,5\n' > "$work/ranked.csv"
check_json 'assert d["queries"] == 3 and d["undefined_queries"] == 1 and d["mrr"] == 0.75 and abs(d["ndcg"] - (0.6309297535714575 + 1) / 2) < 1e-12' \
  "$r" analyze ranking "$work/ranked.csv" --query q --relevance rel --score score --k 10 --json
expect 2 "there is no column" "$r" analyze ranking "$work/ranked.csv" --query q --relevance relevence --score score
printf 'who,what,p,q,click\nnew,a,0.5,1,1\nnew,b,0.25,0,0\nold,a,0.5,1,0\nold,b,0.25,0,1\n' > "$work/rounds.csv"
printf 'context,action,target\nnew,a,1\nold,a,1\n' > "$work/policy.csv"
check_json 'assert d["rows"] == 4 and d["effective_sample_size"] == 2 and d["ips"]["estimate"] == 0.5 and d["dr"] is None and "policy" in d["dr_why"]' \
  "$r" analyze policy "$work/rounds.csv" --propensity p --reward click --target q --json
check_json 'assert d["dm"]["estimate"] == d["snips"]["estimate"] == d["on_policy"] == 0.5 and d["never_logged"] == 0' \
  "$r" analyze policy "$work/rounds.csv" --propensity p --reward click --target q --action what --context who --policy "$work/policy.csv" --json
expect 2 "row 2: the propensity is 0" "$r" analyze policy "$work/rounds.csv" --propensity q --reward click --target p
expect 2 "also needs --action" "$r" analyze policy "$work/rounds.csv" --propensity p --reward click --target q --policy "$work/policy.csv"
printf 'context,action,target\nnew,a,0.5\nold,a,1\n' > "$work/half.csv"
expect 2 "half.csv: the policy's probabilities in \`new\` sum to 0.5" "$r" analyze policy "$work/rounds.csv" --propensity p --reward click --target q --action what --context who --policy "$work/half.csv"
expect 2 "a weight above 0" "$r" analyze policy "$work/rounds.csv" --propensity p --reward click --target q --clip 0
printf '{"id":"a","text":"red wine"}\n{"id":"b","text":"blue cheese, cheese"}\n{"id":"c","text":"wine and cheese"}\n' > "$work/posts.jsonl"
printf '1\tred wine\n2\tcheese\n3\tgreen\n' > "$work/queries.tsv"
printf '1 0 a 1\n2 0 c 1\n2 0 lost 1\n' > "$work/qrels.txt"
search="analyze retrieval --corpus $work/posts.jsonl --queries $work/queries.tsv"
check_json 'assert (d["documents"], d["queries"], d["undefined_queries"], d["mrr"], d["map"], d["unknown_documents"]) == (3, 3, 1, 0.75, 0.625, 1) and d["recall_100"] == d["recall_1000"] == 0.75 and 0 < d["ndcg"] < 1 and d["queries_per_second"] > 0 and d["index_seconds"] > 0' \
  "$r" $search --qrels "$work/qrels.txt" --json
expect 0 "are not in the corpus (lost)" "$r" $search --qrels "$work/qrels.txt" --method bm25 --k1 1.2 --b 0.75 --stem
expect 0 "wrote" "$r" $search --qrels "$work/qrels.txt" --run "$work/run.txt"
expect 0 "1 Q0 a 1 " head -n 1 "$work/run.txt"
printf '1 0 a\n' > "$work/short.txt"; printf 'q1 0 a 1\n' > "$work/strange.txt"
printf '<doc><docno>1</docno><text>cut' > "$work/cut.xml"; printf '{"id":1,"text":"caf\351"}\n' > "$work/latin.jsonl"
expect 2 "line 1: \`1 0 a\` has 3 fields" "$r" $search --qrels "$work/short.txt"
expect 2 "none of the judged queries (q1)" "$r" $search --qrels "$work/strange.txt"
expect 2 "is the file truncated?" "$r" analyze retrieval --corpus "$work/cut.xml" --queries "$work/queries.tsv" --qrels "$work/qrels.txt"
expect 2 "line 1: not UTF-8" "$r" analyze retrieval --corpus "$work/latin.jsonl" --queries "$work/queries.tsv" --qrels "$work/qrels.txt"
expect 2 "there is no member \`key\`; there are id, text" "$r" $search --qrels "$work/qrels.txt" --id key
python3 -c 'print("{\"id\":1,\"text\":\"" + "word " * 300000 + "\"}")' > "$work/large.jsonl"
expect 2 "or allow more: --memory" "$r" analyze retrieval --corpus "$work/large.jsonl" --queries "$work/queries.tsv" --qrels "$work/qrels.txt" --memory 1
expect 2 "name a file" "$r" $search --qrels "$work/qrels.txt" --run -
expect 2 "b is 2" "$r" $search --qrels "$work/qrels.txt" --b 2
expect 2 "--k1 high" "$r" $search --qrels "$work/qrels.txt" --k1 high
expect 0 "LSA of 2 dimensions" "$r" $search --qrels "$work/qrels.txt" --method dense --dims 2
check_json 'assert d["method"] == "hybrid" and d["fusion"] == "sum" and d["dims"] == 2 and d["map"] > 0' \
  "$r" $search --qrels "$work/qrels.txt" --method hybrid --dims 2 --fusion sum --weight 0.7 --json
expect 0 "3 dimensions, not the 128" "$r" $search --qrels "$work/qrels.txt" --method dense
expect 2 "bm25" "$r" $search --qrels "$work/qrels.txt" --method bm52
python3 - "$work" <<'PY'
import random, sys
rng = random.Random(7)
files = {name: open(f"{sys.argv[1]}/{name}", "w") for name in ("u.base", "u.test", "u.csv")}
files["u.csv"].write("user,item,rating\n")
for u in range(60):
    for i in range(30):
        if rng.random() < (0.6 if u % 2 == i % 2 else 0.1):
            test = rng.random() < 0.2
            files["u.test" if test else "u.base"].write(f"{u}\t{i}\t{rng.randint(1, 5)}\t{880000000 + i}\n")
            if not test:
                files["u.csv"].write(f"{u},{i},{rng.randint(1, 5)}\n")
PY
for method in popularity item-knn als bpr ease; do
  check_json 'assert d["users"] == 60 and d["items"] == 30 and 0.2 < d["ndcg"] < 1 and 0 < d["recall"] <= 1 and 0 < d["map"] < 1 and 0 < d["mrr"] <= 1 and d["fit_seconds"] >= 0 and d["ndcg_above_popularity"] >= 0' \
    "$r" analyze recommend "$work/u.base" --test "$work/u.test" --method "$method" --json
done
expect 0 "better than the charts" "$r" analyze recommend "$work/u.csv" --test "$work/u.test" --method als --set factors=4 --set lambda=1
expect 0 "neighbours = 50" "$r" analyze recommend --method item-knn --parameters
expect 2 "did you mean" "$r" analyze recommend "$work/u.base" --test "$work/u.test" --method eas
expect 2 "a whole number from 1 to 512" "$r" analyze recommend "$work/u.base" --test "$work/u.test" --set factors=0
expect 2 "--test FILE is due" "$r" analyze recommend "$work/u.base"
printf '1\t2\n' > "$work/two.tsv"
expect 2 "user, item and rating are due" "$r" analyze recommend "$work/two.tsv" --test "$work/u.test"
printf '1\t2\tnan\n' > "$work/nan.tsv"
expect 2 "row 1: the rating is" "$r" analyze recommend "$work/nan.tsv" --test "$work/u.test"
printf '1\t2\tgood\n' > "$work/good.tsv"
expect 2 "\`good\` is no number" "$r" analyze recommend "$work/good.tsv" --test "$work/u.test"
: > "$work/none.tsv"
expect 2 "there are no rows" "$r" analyze recommend "$work/u.base" --test "$work/none.tsv"
expect 2 "nothing is left to find" "$r" analyze recommend "$work/u.base" --test "$work/u.base"
printf 'item,user,rating\n1,2,3\n' > "$work/order.csv"
expect 2 "name them with --user" "$r" analyze recommend "$work/order.csv" --test "$work/u.test"
expect 2 "above the bound" "$r" analyze recommend "$work/u.base" --test "$work/u.test" --method ease --set memory_gb=0.00001
check_json 'assert d["rows"] == 4000 and d["columns"]["score"]["cardinality"] > 3000 and d["columns"]["device"]["top"][0]["count"] == 2000' \
  "$r" analyze profile "$work/scores.csv" --label label --json
expect 2 "3" "$r" analyze profile "$work/ragged.csv"
expect 2 "must be 0 or 1" "$r" analyze profile "$work/scores.csv" --label score
check_json 'assert d["rows"] == d["rows_trained_on"] == 4000 and d["features"] == ["score", "device"] and 0 < d["progressive_log_loss"] < 1 and d["test"] is None and d["test_why"]' \
  "$r" analyze fit "$work/scores.csv" --label label --numeric score --json
expect 0 "nothing can be said" "$r" analyze fit "$work/scores.csv" --label label --numeric score --model logistic
expect 0 "wrote" "$r" analyze fit "$work/scores.csv" --label label --numeric score --model logistic --save "$work/model.json"
expect 0 "rows scored by logistic" "$r" analyze predict "$work/scores.csv" --model "$work/model.json" --label label
expect 2 "cannot be saved; these can" "$r" analyze fit "$work/scores.csv" --label label --model baseline --save "$work/model.json"
head -c 300 "$work/model.json" >"$work/cut.json"
expect 2 "cannot be read" "$r" analyze predict "$work/scores.csv" --model "$work/cut.json"
expect 2 "did you mean" "$r" analyze fit "$work/scores.csv" --label label --model ftlr
expect 2 "learning rate" "$r" analyze fit "$work/scores.csv" --label label --set alpha=-1
expect 2 "holds texts" "$r" analyze fit "$work/scores.csv" --label label --numeric device
expect 2 "needs --time" "$r" analyze fit "$work/scores.csv" --label label --holdout time
expect 0 "drift" "$r" analyze drift "$work/reference.csv" "$work/current.csv"
expect 1 "drift" "$r" analyze drift "$work/reference.csv" "$work/current.csv" --fail-on-alert
# Cells of a user's file are shown, and steer no terminal.
printf 'level\n"up\033[2Jand\nover"\n"up\033[2Jand\nover"\n' > "$work/steering.csv"
expect 0 'up\x1B[2Jand\nover' "$r" analyze profile "$work/steering.csv"
expect 0 "2.0401" "$r" analyze boundaries --looks 5
expect 0 "2.4131762" "$r" analyze boundaries --looks 5 --shape pocock --json
expect 2 "ld-obf" "$r" analyze boundaries --shape pocock --at 0.3 --at 1
check_json 'assert d["columns"]["x"]["psi"] > d["columns"]["x"]["noise_floor"]["p95"] and d["columns"]["level"]["ks"] is None' \
  "$r" analyze drift "$work/reference.csv" "$work/current.csv" --json
python3 -c 'import random
rng = random.Random(12345)
print("\n".join(map(str, rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000))))' > "$work/stream.csv"
check_json 'assert d["alarms"] == [1006] and d["directions"] == ["up"] and d["rows"] == 2000' \
  "$r" analyze stream "$work/stream.csv" --detector page-hinkley --json
check_json 'assert d["alarms"] == [1023] and d["parameters"] == {"delta": 0.002}' \
  "$r" analyze stream - --detector adwin --json < "$work/stream.csv"
check_json 'assert d["parameters"]["h"] > 5 and abs(d["in_control_run_length"]["mean"] - 1000) < 1 and d["alarms"][0] < 1010' \
  "$r" analyze stream "$work/stream.csv" --detector cusum --baseline 900 --arl 1000 --json
expect 1 "alarm" "$r" analyze stream "$work/stream.csv" --detector page-hinkley --fail-on-alert
expect 0 "No alarm" "$r" analyze stream "$work/stream.csv" --detector page-hinkley --set lambda=1e9 --fail-on-alert
expect 2 "ddm watches errors" "$r" analyze stream "$work/stream.csv" --detector ddm
expect 2 "mu, sigma, k, h" "$r" analyze stream "$work/stream.csv" --detector cusum --set lambda=3
expect 2 "did you mean" "$r" analyze stream "$work/scores.csv" --value scor --detector ewma
expect 2 "which column" "$r" analyze stream "$work/scores.csv" --detector ewma
printf '1\n2\nnan\n4\n' > "$work/gap.csv"
expect 2 "3" "$r" analyze stream "$work/gap.csv" --detector ewma
python3 - "$work" <<'PY'
import random, sys
random.seed(11)
work = sys.argv[1]
for name, keep in (("trial", 1.0), ("mismatch", 0.8)):
    with open(f"{work}/{name}.csv", "w") as f:
        f.write("arm,activated,before,platform\n")
        for i in range(4000):
            arm, x = random.random() < 0.5, random.gauss(0, 1)
            if arm and random.random() > keep:
                continue
            y = random.random() < 0.3 + 0.1 * (x > 0) + 0.08 * arm
            f.write(f"{'new' if arm else 'control'},{int(y)},{x:.4f},{'web' if i % 3 else 'app'}\n")
open(work + "/lone.csv", "w").write("arm,activated\na,1\na,0\n")
open(work + "/holes.csv", "w").write("arm,activated\na,1\na,0\nb,\nb,1\n")
PY
check_json 'assert d["srm"]["p"] > 0.001 and d["effect"]["ci_low"] < d["effect"]["absolute"] < d["effect"]["ci_high"] and d["effect"]["p"] < 0.01 and 0 < d["cuped"]["variance_reduction"] < 1 and [s["segment"] for s in d["segments"]] == ["app", "web"] and all(s["p"] - 1e-12 <= s["q_bh"] <= s["p_holm"] + 1e-12 for s in d["segments"])' \
  "$r" analyze experiment "$work/trial.csv" --arm arm --outcome activated --covariate before --segment platform --json
expect 0 "blocked" "$r" analyze experiment "$work/mismatch.csv" --arm arm --outcome activated
expect 2 "one arm only" "$r" analyze experiment "$work/lone.csv" --arm arm --outcome activated
expect 2 "row 3" "$r" analyze experiment "$work/holes.csv" --arm arm --outcome activated
expect 0 "observed" "$r" analyze experiment "$work/holes.csv" --arm arm --outcome activated --missing zero
expect 2 "needs 0 or 1" "$r" analyze experiment "$work/trial.csv" --arm arm --outcome before --kind proportion
check_json 'assert d["per_arm"] == 25580 and d["total"] == 51160 and 25579 < d["per_arm_exact"] < 25580' \
  "$r" analyze power --baseline 0.2 --mde 0.01 --json
expect 2 "between 0 and 1" "$r" analyze power --baseline 0.9 --mde 0.2
expect 2 "did you mean" "$r" analyze power --baseline 0.2 --mde 0.01 --form poled
printf 'user,time,click\n7,100,1\n7,50,0\n8,60,0\n' > "$work/events.csv"
printf 'user,updated,arrived,karma\n7,40,45,1\n7,90,120,2\n7,400,401,\n' > "$work/karma.csv"
printf 'user,time\n7,100\n7,yesterday\n' > "$work/badtime.csv"
join="analyze join $work/events.csv $work/karma.csv --entity user --event-time time --feature-time updated"
check_json 'assert [r["karma"] for r in d["rows"]] == [1, 1, None] and d["leaks"] == [{"row": 0, "kind": "future"}, {"row": 1, "kind": "future"}]' \
  "$r" $join --arrival arrived --json
check_json 'assert [r["karma"] for r in d["rows"]] == [2, 1, None] and {"row": 0, "kind": "late"} in d["leaks"]' \
  "$r" $join --arrival arrived --mode event-time --json
check_json 'assert [r["karma"] for r in d["rows"]] == [2, 1, None]' "$r" $join --ttl 10 --mode strict --json
expect 0 "2 of 3 events" "$r" $join --arrival arrived
expect 2 "row 2" "$r" analyze join "$work/badtime.csv" "$work/karma.csv" --entity user --event-time time --feature-time updated
expect 2 "did you mean" "$r" analyze join "$work/events.csv" "$work/karma.csv" --entity usr --event-time time --feature-time updated
expect 2 "--ttl" "$r" $join --ttl soon
expect 0 "0 findings" "$r" lint "$source/content"
expect 0 "isolation" "$r" doctor
expect 0 "Nothing yet" "$r" progress
expect 0 "log-loss" "$r" study --list
for kind in drill design card; do
  expect 0 "rehearse lint" "$r" new $kind my-own-$kind
  expect 2 "there already" "$r" new $kind my-own-$kind
done
expect 0 "3 files looked at, 0 findings" "$r" lint "$REHEARSE_HOME/drills" "$REHEARSE_HOME/designs" "$REHEARSE_HOME/content"
expect 2 "small letters" "$r" new card "My Card"
expect 0 "my-own-card" "$r" search "my own card"
expect 0 "calibration" "$r" search calibrat --kind card
expect 0 "Nothing has these words" "$r" search zzzz
expect 0 "read back" "$r" backup
expect 0 "backups/rehearse-" "$r" backup --list
expect 2 "cannot be read as a backup" "$r" backup --restore "$work/scores.csv"
for form in json csv md apkg; do expect 0 "" "$r" export "$work/out.$form"; done
expect 2 "--force" "$r" export "$work/out.json"
expect 0 "3 files written" "$r" --home "$work/other" import "$work/out.json"
expect 0 "0 files written" "$r" --home "$work/other" import "$work/out.csv"
expect 0 "" "$r" --home "$work/other" export "$work/again.json"
expect 0 "" cmp "$work/out.json" "$work/again.json"
expect 2 "leads out" "$r" import "$work/evil.apkg"
expect 2 "" "$r" nonsense

# A data folder that cannot be used, and files of one's own that cannot be read: what, where, how.
mkdir -p "$work/bad/rehearse.db" "$work/own/drills/mine"
echo "return drill {" >"$work/own/drills/mine/broken.lua"
echo text >"$work/file"
expect 2 "is a folder, and the database is a file" "$r" drills --home "$work/bad"
expect 2 "Not a directory; name another with --home" "$r" drills --home "$work/file"
expect 2 "name a folder with --home" env -u REHEARSE_HOME HOME=here "$r" drills
expect 1 "$work/own/drills/mine/broken.lua:2: unexpected symbol" "$r" drills --home "$work/own"

# Calls that cannot be meant: what a shell makes of a variable that is not set, what is given twice,
# a folder where a file is due.
for call in "backup --restore" "backup --out" "run click-calibration --csv" "drills --set" "drills --home" \
  "grade $source/tests/solutions/fewest-rooms-right.lua --junit" "triage" "search" "--home"; do
  expect 2 "the value is empty" "$r" $call ""
done
for words in " " '""' "-" "-only" "*"; do expect 2 "no word to look for" "$r" search -- "$words"; done
expect 2 "below 0" "$r" grade "$source/tests/solutions/fewest-rooms-right.lua" --seed -1
expect 2 "set twice" "$r" run click-calibration --set "negatives kept=0.5" --set "negatives kept=0.6"
expect 2 "no drill is in it; there are" "$r" drills --category nope
expect 2 'there is no `analyze nope`' "$r" analyze nope
expect 2 'See `rehearse analyze drift --help`' "$r" analyze drift
expect 2 "is a folder" "$r" run "$work"
expect 2 "is a folder" "$r" stress "$work"
expect 2 "is a folder" "$r" backup --restore "$work"
expect 2 "is a file" "$r" import "$work/scores.csv"
if [ -x "$bin/rehearse-desktop" ]; then
  expect 0 "wrote" "$r" analyze calibration "$work/scores.csv" --label label --score score --plot "$work/plot.png"
  expect 0 "PNG" head -c 4 "$work/plot.png"
  expect 0 "tour.html" "$r" tour --out "$work/tour"
  expect 0 "<svg" cat "$work/tour/tour.html"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
