#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A language model behind an endpoint, played by a stub on this machine: endpoint_test.sh BIN_FOLDER
set -u
bin=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
export REHEARSE_HOME=$work/home QT_QPA_PLATFORM=offscreen NO_COLOR=1
unset REHEARSE_ENDPOINT_KEY
passed=0 failed=0
if [ ! -x "$bin/rehearse-endpoint" ]; then
  echo "skipped: rehearse-endpoint is not built"
  exit 77
fi

exec 3< <(exec python3 "$here/endpoint_stub.py" "$work/log")
stub=$!
trap 'kill "$stub" 2>/dev/null; rm -rf "$work"' EXIT
read -r -u 3 port
touch "$work/log"

printf '{"id":"d1","text":"The kettle boils. It weighs 900 grams."}\n{"id":"d2","text":"The lamp is bright. It burns for 12 hours."}\n' >"$work/texts.jsonl"
printf 'query,text,answer\na,how heavy is the kettle,900 grams\nb,how long does the lamp burn,12 hours\nc,how heavy is the lamp,\n' >"$work/asked.csv"
printf 'text,answer\nhow heavy is the stove,700 grams\nhow long does the stove burn,5 hours\n' >"$work/answered.csv"
ask=("$bin/rehearse" analyze answers --corpus "$work/texts.jsonl" --questions "$work/asked.csv")
to() { "${ask[@]}" --endpoint "http://127.0.0.1:$port/$1" --model small "${@:2}"; }

# expect CODE WORDS COMMAND…: the exit code, and words that stdout or stderr must hold.
expect() {
  local code=$1 words=$2 out got
  shift 2
  out=$("$@" 2>&1)
  got=$?
  if [ "$got" = "$code" ] && [[ "$out" == *"$words"* ]] && [[ "$out" != *sesame* ]]; then
    passed=$((passed + 1))
    return
  fi
  failed=$((failed + 1))
  printf 'FAILED: %s\n  exit %s (due %s), words due: %s\n%s\n' "$*" "$got" "$code" "$words" "${out:0:800}"
}
count() { grep -c "$1" "$work/log"; }
same() {
  if [ "$1" = "$2" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $3: $1, due $2"; fi
}

# Nothing is opened without the flag.
expect 0 "Of 2 that have an answer" "${ask[@]}" --answered "$work/answered.csv"
expect 2 "one reader is due" "${ask[@]}"
expect 2 "one reader is due" to right --answered "$work/answered.csv"
expect 2 "needs --model" "${ask[@]}" --endpoint "http://127.0.0.1:$port/right"
printf 'text,answer\nhow heavy is the stove,700 grams\ntorn\nhow long does the stove burn,5 hours\n' >"$work/torn.csv"
same "$("${ask[@]}" --answered "$work/torn.csv" --skip-bad 2>&1 | grep -c "bad rows")" 1 "times that a bad row is told"
same "$(count .)" 0 "requests without an endpoint"

expect 0 "Of 2 that have an answer 100% are right. Of 1 that have none 100% were" to right
same "$(count 'right none 2')" 3 "questions asked"
expect 0 "3 answers do not stand in what they cite" to liar
expect 0 "cites nothing" to nosource
expect 0 "cites [99] of" to wrongsource
export REHEARSE_ENDPOINT_KEY=sesame
expect 0 "0 answers do not stand in what they cite, 0 are" to right
same "$(count 'right key 2')" 3 "questions asked with the key"
expect 2 "the key was refused (status 401)" to locked
same "$(count locked)" 1 "a refused key is tried once"
expect 2 "the key would be sent in plain text" "${ask[@]}" --endpoint "http://example.org/v1" --model small
expect 2 "no names or keys in the address" "${ask[@]}" --endpoint "http://me:pass@127.0.0.1:$port/right" --model small
expect 2 "it asks to wait: 7" to busy
expect 2 "status 500; it said: out of cheese" to broken
expect 2 "points to another address" to moved
expect 2 "the answer is not JSON" to notjson
expect 2 "has no \`choices\`" to empty
expect 2 "has no text in" to odd
expect 2 "cut off" to cut
expect 2 "more than 1024 KB" to huge
expect 2 "no whole answer within 1 s" to slow --timeout 1
expect 2 "status 404" to nowhere

# Ctrl+C reaches the helper as it reaches rehearse.
interrupted() {
  local before asking
  before=$(count slow)
  env --default-signal=INT "${ask[@]}" --endpoint "http://127.0.0.1:$port/slow" --model small &
  asking=$!
  until [ "$(count slow)" -gt "$before" ] || ! kill -0 $asking 2>/dev/null; do sleep 0.05; done
  kill -INT $asking "$(pgrep -P $asking)"
  wait $asking
}
expect 2 "stopped before it was done" interrupted

expect 2 "refused" "${ask[@]}" --endpoint "http://127.0.0.1:9/v1" --model small
expect 2 "an address is due" "${ask[@]}" --endpoint "ftp://127.0.0.1/v1" --model small
expect 2 "an address is due" "${ask[@]}" --endpoint "nonsense" --model small

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
