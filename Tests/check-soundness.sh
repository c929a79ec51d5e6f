#!/usr/bin/env bash
# Checks that code without `unsafe` cannot misuse the memory of a matrix: the compiler rejects each file
# of Tests/Unsound for the reason in its first line, and accepts Sound.swift.
#
# Usage: Tests/check-soundness.sh
#   after a debug build.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/compiler-flags.sh
flags+=(-strict-memory-safety)
failed=0
count=0

for file in Tests/Unsound/*.swift; do
  # The compiler checks lifetimes while it generates SIL, after type checking.
  if output=$(swiftc "${flags[@]}" -emit-sil -o /dev/null "$file" 2>&1); then accepted=yes; else accepted=; fi
  first=$(head -n 1 "$file")
  case $first in
    "// Accepted:"*)
      [ -n "$accepted" ] || { echo "error: $file is rejected: $output" >&2; failed=1; }
      ;;
    "// Refused: "*)
      reason=${first#// Refused: }
      if [ -n "$accepted" ]; then
        echo "error: $file is accepted" >&2
        failed=1
      elif ! grep -qF "$reason" <<<"$output"; then
        echo "error: $file is rejected, but not for \"$reason\": $output" >&2
        failed=1
      fi
      ;;
    *) echo "error: the first line of $file says neither Accepted nor Refused" >&2; failed=1 ;;
  esac
  count=$((count + 1))
done
echo "$count programs: the compiler rejects the unsound ones and accepts the others"
exit "$failed"
