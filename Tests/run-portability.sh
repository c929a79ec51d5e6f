#!/bin/bash
# Runs the tests of kernels, matrices and networks, and parity with PyTorch, on emulated processors
# of lower levels, and so shows that no instruction of a higher level is executed there.
#
# Usage: Tests/run-portability.sh [FILTER...]
#   The tests that match FILTER (by default those named below), from the debug build.
#   Needs `qemu-x86_64` (Debian: qemu-user); without it, says so and does nothing.

set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then set -- KernelsTests LinearAlgebraTests NeuralNetworkTests ParityTests; fi

if [ "$(uname -m)" != x86_64 ]; then
  echo "skipped: the levels of the kernels are those of x86-64"
  exit 0
fi
if ! command -v qemu-x86_64 > /dev/null; then
  echo "skipped: qemu-x86_64 is not installed (Debian: apt install qemu-user)"
  exit 0
fi

export LANGEVIN_DEBUG_LEVELS=all
swift build --build-tests
binary="$(swift build --show-bin-path)/langevinPackageTests.xctest"
filters=()
for filter in "$@"; do filters+=(--filter "$filter"); done

# The test `bestLevelIsTheExpectedOne` fails if the emulated processor runs another level than
# the one expected of it. Nehalem has SSE4.2 and no AVX, Haswell has AVX2 and no AVX-512.
run() {
  echo "== $1: $2"
  # Exit tests start the program again; that does not work inside of the emulator.
  LANGEVIN_EXPECTED_LEVEL=$2 LANGEVIN_EMULATED=1 LANGEVIN_KERNELS= OPENBLAS_NUM_THREADS=1 \
    qemu-x86_64 -cpu "$1" "$binary" --testing-library swift-testing "${filters[@]}"
}

run Nehalem baseline
run Haswell avx2
