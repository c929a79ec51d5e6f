#!/usr/bin/env bash
# Builds and runs the package under Examples/, which depends on Langevin as a user's package does. In
# release: the optimizer has refused code that a debug build takes.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$("${SWIFT:-swift}" run -c release --package-path Examples/SwissRoll SwissRoll)
echo "$output"
grep -qx "1000 samples, all finite: true" <<<"$output" || {
  echo "Examples/SwissRoll: its last line is not the expected one" >&2
  exit 1
}
echo "the example builds, trains and samples"
