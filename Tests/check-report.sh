#!/usr/bin/env bash
# Opens reports in a headless Chromium and checks what a reader would see: the pictures, the slider, the
# width of a phone, dark mode, and contrasts. Also checks that the console shows no errors and nothing
# uses the network.
#
# Usage: Tests/check-report.sh [--screenshots FOLDER] [PAGE...]
#   Without a page, checks the reports of four small runs, which the debug build trains.
#   Needs Chromium and Python 3 (Debian: chromium, python3); without Chromium, prints so and does nothing.

set -euo pipefail
cd "$(dirname "$0")/.."

chromium=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
  [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
done
if [ -z "$chromium" ]; then
  echo "skipped: Chromium is not installed (Debian: apt install chromium, or make test-report)"
  exit 0
fi

options=()
if [ "${1:-}" = --screenshots ]; then
  options=(--screenshots "$2")
  shift 2
fi

if [ $# -eq 0 ]; then
  swift=${SWIFT:-swift}
  "$swift" build --product langevin
  tool="$("$swift" build --show-bin-path)/langevin"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  "$tool" train moons --count 2000 --hidden 16,16 --epochs 8 --held-out 0.1 --quiet \
    --output "$work/best"
  "$tool" train swiss-roll --preset original --count 500 --hidden 16,16 --epochs 40 --quiet \
    --output "$work/seed"
  "${PYTHON:-python3}" -B Tests/Browser/make_table.py > "$work/table.csv"
  "$tool" train "$work/table.csv" --hidden 16,16 --epochs 20 --quiet --output "$work/table"
  "$tool" train Examples/shapes.npy --image 8x8 --labels Examples/shapes-labels.npy --hidden 16,16 \
    --epochs 20 --quiet --output "$work/shapes"
  for run in best seed table shapes; do
    "$tool" report "$work/$run" --count 400 --sets 2 --quiet --output "$work/$run.html"
  done
  set -- "$work/best.html" "$work/seed.html" "$work/table.html" "$work/shapes.html"
fi

"${PYTHON:-python3}" -B Tests/Browser/check_report.py --chromium "$chromium" "${options[@]}" "$@"
