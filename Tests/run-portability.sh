#!/bin/bash
# Runs the tests of kernels, matrices and networks, and the comparison with PyTorch, on emulated
# processors with older instruction sets, and so checks that no newer instruction is executed there.
#
# Usage: Tests/run-portability.sh [FILTER...]
#   Runs the tests that match FILTER (by default those named below), from the debug build.
#   Needs `qemu-x86_64` (Debian: qemu-user); without it, prints so and does nothing.

set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then set -- KernelsTests LinearAlgebraTests NeuralNetworkTests ParityTests; fi

if [ "$(uname -m)" != x86_64 ]; then
  echo "skipped: the kernels have several instruction sets only on x86-64"
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

# The test `selectsTheExpectedLevel` fails if the emulated processor selects a different instruction set
# than expected. Nehalem has SSE4.2 but no AVX; Haswell has AVX2 but no AVX-512.
run() {
  echo "== $1: $2"
  # Exit tests start the program again, which does not work in the emulator.
  LANGEVIN_EXPECTED_LEVEL=$2 LANGEVIN_EMULATED=1 LANGEVIN_KERNELS= OPENBLAS_NUM_THREADS=1 \
    qemu-x86_64 -cpu "$1" "$binary" --testing-library swift-testing "${filters[@]}"
}

run Nehalem baseline
run Haswell avx2
