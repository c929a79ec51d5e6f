#!/usr/bin/env bash
# Compares the results of the tool bit by bit with the records in Tests/RecordedBits.
#
# Each scenario runs the tool on one and on two threads, for each instruction set that this processor
# supports. A record holds the SHA-256 of samples, of the tensors of checkpoints (without their names),
# and of the numbers of evaluations. For an instruction set without a record, only the threads are
# compared.
#
# Usage: Tests/check-bits.sh [--record] [TOOL]
#   TOOL is the program to run; by default the debug build.
#   --record writes the records of the supported instruction sets instead.
set -euo pipefail
cd "$(dirname "$0")/.."

is_recording=
if [ "${1:-}" = --record ]; then
  is_recording=yes
  shift
fi
tool=$(realpath "${1:-.build/debug/langevin}")
examples=$PWD/Examples
records=$PWD/Tests/RecordedBits
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# OpenBLAS' kernels differ by processor. Every x86-64 processor since 2008 can run those for Nehalem.
export OPENBLAS_CORETYPE=Nehalem
unset OPENBLAS_L2_SIZE

sha() { sha256sum | cut -d ' ' -f 1; }

# digests SCENARIO: prints a line for each file that the scenario left in this folder.
digests() {
  local file length
  for file in $(find . -type f ! -name '*.in' ! -name metrics.jsonl ! -name config.json | LC_ALL=C sort); do
    case $file in
      *.safetensors)
        length=$(od -An -t u8 -N 8 "$file" | tr -d ' ')
        echo "$(tail -c +$((length + 9)) "$file" | sha)  $1/${file#./}"
        ;;
      *.json) echo "$(grep -oE '[-+0-9.e]*[0-9]' "$file" | LC_ALL=C sort | sha)  $1/${file#./}" ;;
      *) echo "$(sha < "$file")  $1/${file#./}" ;;
    esac
  done
}

# Runs langevin quietly, on the number of threads under test.
run() { "$tool" "$@" --threads "$threads" --quiet; }
train() { run train "$@" --output run --count 640 --epochs 2 --batch 64; }
table() { run train "$@" --output run --epochs 2 --hidden 24,24; }
sample() { run sample run --count 70 --seed 3 --output "$@"; }

# The scenarios, each in an empty folder.
original() { train swiss-roll --preset original --hidden 32,32; sample samples.npy --noise-at-last-step; }
fixed() { train moons --preset fixed --hidden 40,24; sample samples.csv --variance beta; }
best() { train swiss-roll --hidden 32,32; sample samples.npy --trajectory states.npy; }
wide() { train 8-gaussians --hidden 130,130 --octaves 3 --activation gelu; sample samples.npy; }
velocity() {
  train checkerboard --preset fixed --network residual --hidden 24,24 --schedule cosine --prediction v \
    --weighting min-snr --standardize --ema-decay 0.9 --decay cosine --warm-up 5 --zero-terminal-snr
  sample samples.npy --sampler dpm++ --steps 12 --spacing linspace
}
clean() {
  train circles --preset fixed --schedule scaled-linear --prediction x0 --activation silu --held-out 0.2
  sample samples.npy --sampler ddim --eta 0.5 --steps 20 --spacing leading --clip
}
vp() { train pinwheel --preset fixed --schedule vp --steps 50; sample samples.npy --prior moments; }
heun() { train s-curve --hidden 16,16; sample samples.npy --sampler heun --steps 9 --churn 5; }
ancestral() { train line --hidden 16,16; sample samples.npy --sampler ddpm --steps 25 --clip; }
noise() { train spirals --hidden 16,16 --prediction eps --weighting uniform --rows-per-level 1; sample samples.npy; }
resumed() {
  train outline --hidden 16,16 --held-out 0.1
  run resume run --epochs 3
  sample samples.json --sampler ddim --steps 10
}
holes() { table "$examples/customers.csv" --drop id; sample samples.csv; }
conditions() {
  table "$examples/customers.csv" --drop id --condition plan
  sample samples.csv
  sample basic.csv --where plan=basic --guidance 1.5
}
imputation() {
  table "$examples/customers.csv" --drop id
  run impute run --input "$examples/customers.csv" --output filled.csv --draws 3 --repeats 2 --steps 8
}
long_integers() {
  seq 1 400 | awk '{ printf "%d%09d,%d.%02d,%s\n", 1000000000 + $1 * 7919 % 1000, $1 * $1 % 977,
    $1 * 31 % 90, $1 % 100, substr("abcde", 1 + $1 * $1 % 5, 1) }' > data.in
  table - < data.in
  sample samples.csv
}
images() {
  table "$examples/shapes.npy" --image 8x8 --labels "$examples/shapes-labels.npy"
  sample samples.npy --where label=1 --labels-output labels.npy
}
fixed_table() { table "$examples/customers.csv" --drop id --preset fixed --steps 20; sample samples.csv; }
distances() {
  train moons --hidden 16,16
  run evaluate run --count 60 --sets 2 --likelihood --json > run.json
}
oracle() {
  train 25-gaussians --preset fixed --hidden 16,16
  run evaluate run --count 60 --sets 2 --oracle --json > run.json
}
table_distances() {
  table "$examples/customers.csv" --drop id --held-out 0.2
  run evaluate run --count 60 --sets 2 --json > run.json
}
scenarios=(original fixed best wide velocity clean vp heun ancestral noise resumed holes conditions
  imputation long_integers images fixed_table distances oracle table_distances)

# Prints the digests of all scenarios.
run_all() {
  local scenario
  # Not "|| fail" after the scenario: bash would then ignore failing commands inside it.
  set -E
  trap 'echo "check-bits: $scenario failed" >&2' ERR
  for scenario in "${scenarios[@]}"; do
    mkdir -p "$work/$LANGEVIN_KERNELS-$threads/$scenario"
    cd "$work/$LANGEVIN_KERNELS-$threads/$scenario"
    "$scenario"
    digests "$scenario"
  done
}

levels=()
for level in baseline avx2 avx512; do
  # The tool rejects an instruction set that the processor lacks.
  if LANGEVIN_KERNELS=$level "$tool" info > /dev/null 2>&1; then levels+=("$level"); fi
done
[ ${#levels[@]} -gt 0 ] || {
  echo "check-bits: $tool does not run" >&2
  exit 1
}
failed=0
for LANGEVIN_KERNELS in "${levels[@]}"; do
  export LANGEVIN_KERNELS
  record=$records/$(uname -m)-$LANGEVIN_KERNELS
  for threads in 1 2; do (run_all) > "$work/digests-$threads" & done
  for job in $(jobs -p); do wait "$job"; done
  if ! diff "$work/digests-1" "$work/digests-2"; then
    echo "check-bits: $LANGEVIN_KERNELS: results differ between one and two threads" >&2
    failed=1
  elif [ -n "$is_recording" ]; then
    mkdir -p "$records"
    cp "$work/digests-1" "$record"
    echo "$LANGEVIN_KERNELS: recorded $(wc -l < "$record") digests of ${#scenarios[@]} scenarios"
  elif [ ! -f "$record" ]; then
    echo "$LANGEVIN_KERNELS: the same bits on one and two threads; no record to compare with"
  elif diff "$record" "$work/digests-1"; then
    echo "$LANGEVIN_KERNELS: the same bits in $(wc -l < "$record") digests of ${#scenarios[@]} scenarios"
  else
    echo "check-bits: $LANGEVIN_KERNELS: the bits differ from $record" >&2
    failed=1
  fi
done
exit "$failed"
