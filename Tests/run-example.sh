#!/usr/bin/env bash
# Builds and runs the examples, a package that depends on Langevin as a user's package does, and
# Tests/ShapeMistake, which must stop with a message. The builds are for release, because the optimizer
# has rejected code that a debug build accepts. They share a build folder, so the library is built once.
set -euo pipefail
cd "$(dirname "$0")/.."

# run NAME LINE...: builds and runs the example, and checks that it prints the lines.
run() {
  local name=$1 output line
  shift
  output=$("${SWIFT:-swift}" run -c release --scratch-path .build-examples \
    --package-path Examples "$name")
  echo "$output"
  for line in "$@"; do
    grep -qxF "$line" <<<"$output" || {
      echo "Examples/$name: it did not print \"$line\"" >&2
      exit 1
    }
  done
}

# refuse SHAPE...: builds and runs Tests/ShapeMistake, which must fail with a message that names the
# shapes.
refuse() {
  local build=("${SWIFT:-swift}" build -c release --scratch-path .build-examples
    --package-path Tests/ShapeMistake) errors shape
  "${build[@]}"
  if errors=$("$("${build[@]}" --show-bin-path)/ShapeMistake" 2>&1 >/dev/null); then
    echo "Tests/ShapeMistake: it multiplied matrices of mismatched shapes" >&2
    exit 1
  fi
  for shape in "$@"; do
    grep -qF "$shape" <<<"$errors" || {
      echo "Tests/ShapeMistake: its message does not name $shape: $errors" >&2
      exit 1
    }
  done
}

run MatrixOnly "least squares: true" "principal components: true"
run SwissRoll "1000 samples, all finite: true" "saved and loaded, the same samples: true"
run SyntheticData "4000 rows for 16 callers" "the same seed gives the same rows: true"
run FromScratch "the deviation of the data: true"
run Research "ring by heun: true" "ring by euler a: true" "the same bits on 1 and 2 threads: true" \
  "the gradient is the slope: true" "log-uniform levels, pseudo-Huber loss: true" \
  "rectified flow, own network: true"
refuse "2 × 3" "4 × 5"
echo "the examples build and print the expected lines; a mistake prints its message in release"
