#!/usr/bin/env bash
# Compiles every Swift cell of the tables in Docs/NumPy.md, in release, runs both columns on the data that the
# page begins with, and compares the numbers. Without NumPy, it only compiles and runs the Swift cells; without
# SciPy, it does not compare the lines that need it.
#
# Usage: Tests/check-numpy.sh
#   PYTHON names another Python.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
command -v "$python" >/dev/null || {
  echo "Docs/NumPy.md is not checked, because there is no $python"
  exit
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/Sources/Page"
cat > "$work/Package.swift" <<END
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Page", platforms: [.macOS(.v15)],
  dependencies: [.package(name: "langevin", path: "$PWD")],
  targets: [
    .executableTarget(
      name: "Page", dependencies: [.product(name: "LinearAlgebra", package: "langevin")],
      swiftSettings: [.unsafeFlags(["-suppress-warnings"])])
  ])
END
cat > "$work/Sources/Page/Show.swift" <<'END'
import LinearAlgebra

func numbers(_ x: Void) -> [Double] { [] }
func numbers(_ x: Matrix<Double>) -> [Double] { x.array }
func numbers(_ x: Matrix<Float>) -> [Double] { x.array.map { Double($0) } }
func numbers(_ x: Transpose<Double>) -> [Double] { x.array }
func numbers(_ x: Mask) -> [Double] { x.array.map { $0 ? 1 : 0 } }
func numbers(_ x: [Double]) -> [Double] { x }
func numbers(_ x: [[Double]]) -> [Double] { x.flatMap { $0 } }
func numbers(_ x: [Int]) -> [Double] { x.map { Double($0) } }
func numbers(_ x: [[Int]]) -> [Double] { x.flatMap { numbers($0) } }
func numbers(_ x: Bool) -> [Double] { [x ? 1 : 0] }
func numbers(_ x: Int) -> [Double] { [Double(x)] }
func numbers(_ x: Double) -> [Double] { [x] }
func numbers(_ x: Double?) -> [Double] { x.map { [$0] } ?? [] }
func numbers(_ x: (rows: Int, columns: Int)) -> [Double] { [Double(x.rows), Double(x.columns)] }
func numbers(_ x: (row: Int, column: Int)?) -> [Double] {
  x.map { [Double($0.row), Double($0.column)] } ?? []
}
func numbers(_ x: (sign: Double, logMagnitude: Double)) -> [Double] { [x.sign, x.logMagnitude] }
func numbers(_ x: [Eigenvalue<Double>]) -> [Double] {
  // As in NumPy, the result is real if all eigenvalues are.
  x.allSatisfy { $0.imaginary == 0 } ? x.map(\.real) : x.flatMap { [$0.real, $0.imaginary] }
}
func numbers(_ x: some Any) -> [Double] { [] }
END

cat > "$work/page.py" <<'END'
import json, os, pathlib, re, subprocess, sys

document, work, compare = "Docs/NumPy.md", pathlib.Path(sys.argv[1]), sys.argv[2] == "compare"
# These give other numbers, or a file.
incomparable = ("Random numbers", "Files")
assignment = re.compile(r"(^|\s)(\.?[-+*/])?=\s")

def cells(line):
    return [
        [code.replace("\\|", "|") for code in re.findall(r"`([^`]+)`", cell)]
        for cell in re.split(r"(?<!\\)\|", line)[1:-1]
    ]

blocks, rows, section, language = {"python": [], "swift": []}, [], "", None
for number, line in enumerate(pathlib.Path(document).read_text().splitlines(), 1):
    if line.startswith("```"):
        language = line[3:] or None
    elif language:
        blocks[language].append(line)
    elif line.startswith("## "):
        section = line[3:]
    elif line.startswith("| ") and "`" in line:
        left, right = cells(line)
        if not left or not right:
            sys.exit(f"{document}:{number}: a cell has no code")
        rows.append((number, section, left, right))

imports = [line for line in blocks["swift"] if line.startswith("import ")]
data = [line for line in blocks["swift"] if line not in imports]
source = imports + data
for number, section, _, right in rows:
    for index, code in enumerate(right):
        stream = ["let stream = RandomStream(seed: 1)"] if section == "Random numbers" else []
        is_statement = assignment.search(code)
        source += [f"@MainActor func line{number}_{index}() throws " + "{", "var a = a"]
        source += stream if not code.startswith("let stream") else []
        source += [f'#sourceLocation(file: "{document}", line: {number})']
        source += [code if is_statement else f"let value = {code}", "#sourceLocation()"]
        source += [f'print("{number}", numbers({"()" if is_statement else "value"}) + a.array)', "}"]
source += [f"try line{n}_{i}()" for n, _, _, right in rows for i in range(len(right))]
(work / "Sources/Page/main.swift").write_text("\n".join(source) + "\n")

options = ["-c", "release", "--scratch-path", ".build-examples", "--package-path", str(work)]
swift = os.environ.get("SWIFT", "swift")
if subprocess.run([swift, "build", *options]).returncode:
    sys.exit(f"{document}: a Swift cell does not compile")
folder = subprocess.run(
    [swift, "build", *options, "--show-bin-path"], capture_output=True, text=True, check=True
).stdout.strip()
lines = subprocess.run(
    [pathlib.Path(folder).resolve() / "Page"], cwd=work, capture_output=True, text=True, check=True
).stdout.splitlines()
found = {}
for line in lines:
    number, text = line.split(" ", 1)
    found.setdefault(int(number), []).append(json.loads(text.replace("nan", "NaN")))
if not compare:
    sys.exit(f"{document}: {len(lines)} Swift cells run; not compared, because NumPy is missing")

import numpy as np
try:
    import scipy
except ImportError:
    scipy = None
os.chdir(work)

def flat(x):
    if isinstance(x, (list, tuple)):
        return [y for item in x for y in flat(item)]
    x = np.asarray(x)
    if np.iscomplexobj(x):
        x = np.stack([x.real, x.imag], axis=-1)
    return [] if x.dtype == object or x.dtype.kind in "US" else x.astype(float).ravel().tolist()

count, failed = 0, False
for number, section, left, _ in rows:
    for code in left:
        if "scipy" in code and not scipy:
            continue
        names = {"np": np, "scipy": scipy, "json": json, "rng": np.random.default_rng(1)}
        exec("\n".join(blocks["python"]), names)
        value = None
        if assignment.search(code):
            exec(code, names)
        else:
            value = eval(code, names)
        expected = flat(value) + flat(names["a"])
        for numbers in found[number] if section not in incomparable else []:
            count += 1
            same = len(numbers) == len(expected) and np.allclose(
                numbers, expected, rtol=1e-12, atol=1e-13, equal_nan=True)
            if not same:
                failed = True
                print(f"{document}:{number}: {code} is {expected}, Swift's {numbers}", file=sys.stderr)
if failed:
    sys.exit(1)
print(f"{document}: {len(lines)} Swift cells compile and run, {count} agree with NumPy")
END
mode=compile
if "$python" -c 'import numpy' 2>/dev/null; then mode=compare; fi
"$python" -B "$work/page.py" "$work" "$mode"
