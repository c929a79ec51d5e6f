#!/usr/bin/env bash
# Checks what the compiler says of the typical mistakes in Tests/Mistakes/Mistakes.swift: on each line one to
# three errors, one of which contains the comment at the end of the line. The compiler may neither crash nor
# give up on a line ("in reasonable time", "failed to produce diagnostic").
#
# Usage: Tests/check-diagnostics.sh
#   after a debug build.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/compiler-flags.sh
file=Tests/Mistakes/Mistakes.swift

status=0
output=$(swiftc "${flags[@]}" -diagnostic-style llvm -typecheck "$file" 2>&1) || status=$?
if [ "$status" -ne 1 ]; then
  echo "$output" >&2
  echo "error: the compiler ended with status $status instead of 1" >&2
  exit 1
fi
errors=$(grep -E "^[^ ]*Mistakes\.swift:[0-9]+:[0-9]+: error: " <<<"$output")
failed=0
count=0
number=0
while IFS= read -r line; do
  number=$((number + 1))
  case $line in func*) ;; *) continue ;; esac
  count=$((count + 1))
  expected=${line##*// }
  found=$(grep -E "Mistakes\.swift:$number:" <<<"$errors" || true)
  total=$(grep -c . <<<"$found" || true)
  if ! grep -qF -- "$expected" <<<"$found" || [ "$total" -gt 3 ]; then
    echo "error: $file:$number: expected \"$expected\", found $total errors:" >&2
    echo "$found" >&2
    failed=1
  fi
done < "$file"
if grep -E "reasonable time|failed to produce diagnostic|please submit a bug report" <<<"$output" >&2; then
  failed=1
fi
[ "$failed" = 1 ] || echo "$count mistakes: the compiler names each of them"
exit "$failed"
