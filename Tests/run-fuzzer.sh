#!/usr/bin/env bash
# Fuzzes the file readers with libFuzzer under Address Sanitizer. A reader must either accept a file or
# reject it with a one-line message (see Tests/ReaderChecks). Fails and names the file if a reader does
# neither.
#
# Usage: Tests/run-fuzzer.sh [--keep] SECONDS [READER...]
#   Fuzzes each of the readers csv, npy, safetensors and config for SECONDS, two at a time.
#   --keep adds the inputs that reach new code to Tests/Fuzzing/Corpus. The inputs that a run generates
#   also stay in .build-fuzz for the next run.
#
# Add a finding to the corpus under a descriptive name: the tests read every file of the corpus.
set -euo pipefail
cd "$(dirname "$0")/.."

keep=
if [ "${1:-}" = --keep ]; then
  keep=yes
  shift
fi
seconds=${1:-}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || {
  echo "run-fuzzer: missing the seconds for each reader; run Tests/run-fuzzer.sh 150" >&2
  exit 64
}
shift
[ $# -gt 0 ] || set -- csv npy safetensors config

swift=${SWIFT:-swift}
build=(-c release --scratch-path .build-fuzz --sanitize=address -Xswiftc -sanitize=fuzzer)
export LANGEVIN_FUZZ=1
"$swift" build "${build[@]}" --product langevin-fuzz
fuzzer="$("$swift" build "${build[@]}" --show-bin-path)/langevin-fuzz"

# Swift's crash handler would keep libFuzzer from writing the input to a file.
export SWIFT_BACKTRACE=enable=no
export fuzzer seconds

# Fuzzes a reader, and prints the result in one line.
fuzz() {
  local reader=$1 corpus=Tests/Fuzzing/Corpus/$1 live=.build-fuzz/corpus/$1
  local findings=.build-fuzz/findings/$1 log=.build-fuzz/$1.log
  rm -rf "$findings"
  mkdir -p "$live" "$findings"
  local status=0
  "$fuzzer" --reader="$reader" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -max_len=4096 -dict="Tests/Fuzzing/Dictionaries/$reader" -print_final_stats=1 \
    -artifact_prefix="$findings/" "$live" "$corpus" > "$log" 2>&1 || status=$?
  local found
  found=$(find "$findings" -type f ! -name 'slow-unit-*')
  if [ "$status" -ne 0 ] || [ -n "$found" ]; then
    grep -aE '^==.*ERROR|Fatal error|^SUMMARY' "$log" >&2 || tail -3 "$log" >&2
    echo "$reader: found $(printf '%s ' ${found:-nothing, and ended with status $status}): see $log" >&2
    return 1
  fi
  local last
  last=$(grep -aE '^#[0-9]+.*cov:' "$log" | tail -1 | sed -E 's/.*(cov: [0-9]+ ft: [0-9]+ corp: [0-9]+).*/\1/')
  echo "$reader: $(sed -n 's/^Done \([0-9]* runs in [0-9]* second(s)\)/\1/p' "$log"), $last"
}
export -f fuzz

for reader; do
  [ -d "Tests/Fuzzing/Corpus/$reader" ] || {
    echo "run-fuzzer: unknown reader $reader; use csv, npy, safetensors or config" >&2
    exit 64
  }
done
printf '%s\n' "$@" | xargs -P 2 -I {} bash -c 'set -euo pipefail; fuzz {}'

if [ -n "$keep" ]; then
  for reader; do
    # Counts the code reached, not how often: this keeps a tenth of the files.
    "$fuzzer" --reader="$reader" -use_counters=0 -set_cover_merge=1 "Tests/Fuzzing/Corpus/$reader" \
      ".build-fuzz/corpus/$reader" > ".build-fuzz/$reader-merge.log" 2>&1
  done
fi
