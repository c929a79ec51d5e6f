#!/usr/bin/env bash
# Runs the six programs of Examples/Numerics and their twins in NumPy, and compares the numbers that both
# print: the largest difference in a line is at most 10⁻¹² of the line's largest number. Without NumPy, it
# only builds and runs the programs.
#
# Usage: Tests/check-numerics.sh
#   PYTHON names another Python; VERBOSE=1 prints the difference in each line.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${SWIFT:-swift}" run -c release --scratch-path .build-examples --package-path Examples Numerics \
  > "$work/swift"
if ! "$python" -c 'import numpy' 2>/dev/null; then
  echo "the programs of Examples/Numerics run; not compared, because $python has no NumPy"
  exit
fi
# A line that begins with # names a program.
sed -n 's/^# //p' "$work/swift" | while IFS= read -r program; do
  echo "# $program"
  OPENBLAS_NUM_THREADS=1 "$python" -B "Examples/Numerics/NumPy/$program.py"
done > "$work/numpy"
"$python" - "$work" <<'END'
import ast, itertools, os, pathlib, re, sys

def lines(name):
    """Yields the name and the numbers of each line."""
    for line in (pathlib.Path(sys.argv[1]) / name).read_text().splitlines():
        label, text = re.fullmatch(r"(.+?)((?: [-\[\d].*)?)", line).groups()
        numbers = [float(x) for x in re.findall(r"[-+.\de]*\d[-+.\de]*", text)]
        yield label, numbers

worst = count = 0
for (label, a), (expected, b) in itertools.zip_longest(
    lines("swift"), lines("numpy"), fillvalue=("", [])
):
    if label.lower() != expected.lower() or len(a) != len(b):
        sys.exit(f"Examples/Numerics: '{label}' has {len(a)} numbers, '{expected}' of NumPy {len(b)}")
    if label.startswith("# "):
        program = label[2:]
    if not b:
        continue
    difference = max(abs(x - y) for x, y in zip(a, b)) / max(map(abs, b))
    if os.environ.get("VERBOSE"):
        print(f"{program} {label}: {difference:.1e}")
    if not difference <= 1e-12:
        sys.exit(f"Examples/Numerics {program}: '{label}' differs from NumPy by {difference:.1e}")
    worst = max(worst, difference)
    count += len(b)
if count < 50:
    sys.exit(f"Examples/Numerics: only {count} numbers were compared")
print(f"{count} numbers of Examples/Numerics agree with NumPy to within {worst:.1e}")
END
