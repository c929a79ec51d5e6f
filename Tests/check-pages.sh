#!/usr/bin/env bash
# Checks that the Swift code on the pages compiles with public interfaces alone. The pieces of a page are one
# program.
#
# Usage: Tests/check-pages.sh
#   after a debug build.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/compiler-flags.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count=0

for page in README.md Docs/*.md; do
  # A piece that starts with a dot is a line of a manifest.
  awk '/^ *```swift/ { inside = 1; first = 1; next }
    /^ *```/ { inside = 0 }
    inside && first { manifest = /^ *\./; first = 0 }
    inside && !manifest { print }' "$page" >"$folder/pieces"
  [ -s "$folder/pieces" ] || continue
  { grep '^import ' "$folder/pieces" | sort -u; grep -v '^import ' "$folder/pieces"; } >"$folder/main.swift"
  if ! swiftc "${flags[@]}" -typecheck "$folder/main.swift" 2>"$folder/errors"; then
    echo "error: the Swift code of $page does not compile:" >&2
    grep 'error:' "$folder/errors" >&2
    exit 1
  fi
  count=$((count + 1))
done
echo "$count pages: their Swift code compiles"
