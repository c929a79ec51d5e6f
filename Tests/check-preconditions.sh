#!/usr/bin/env bash
# Rejects Swift's own preconditions and assertions in Sources: in a release build they trap without their
# message. `require` and `requirementFailure` of LangevinPreconditions print their message.
set -euo pipefail
cd "$(dirname "$0")/.."

# Files that may use Swift's own preconditions.
allowed=(
  Sources/LangevinPreconditions/Require.swift # defines the replacements
)

found=$(grep -rnE --include='*.swift' \
  '\b(precondition|preconditionFailure|assert|assertionFailure|fatalError)\(' Sources |
  grep -vE '^[^:]*:[0-9]*: *//' | grep -vFf <(printf '%s:\n' "${allowed[@]}") || true)
if [ -n "$found" ]; then
  echo "$found" >&2
  echo "error: a release build drops these messages; use require or requirementFailure" >&2
  exit 1
fi
