#!/usr/bin/env bash
# Creates the Python environment of the comparison, unless it exists.
#
# Usage: Benchmarks/Peers/prepare.sh FOLDER
#   PYTHON (default: python3) is the interpreter. An incomplete FOLDER from a failed attempt is
#   replaced.

set -euo pipefail
requirements="$(cd "$(dirname "$0")" && pwd)/requirements.txt"
folder=$1
python=${PYTHON:-python3}
stamp="$folder/complete"

fail() {
  echo "error: $*" >&2
  exit 1
}

command -v "$python" > /dev/null || fail "$python: command not found; install Python 3.11 or later"
version=$("$python" -c 'import platform; print(platform.python_version())') ||
  fail "$python: cannot run"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$python: version $version is too old; set PYTHON to Python 3.11 or later"

# The stamp records the interpreter and packages of the folder, to compare with those wanted.
wanted="$version $(cat "$requirements")"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$folder/bin/python" -c ''; then
  exit 0
fi

rm -rf "$folder"
trap 'rm -rf "$folder"' EXIT
echo "installing JAX and PyTorch in $folder (takes some minutes and some gigabytes)"
"$python" -m venv "$folder" ||
  fail "$python: cannot create a virtual environment; install venv (Debian: apt install python3-venv)"
"$folder/bin/python" -m pip install --disable-pip-version-check --no-input --quiet \
  --only-binary :all: --requirement "$requirements" ||
  fail "pip: cannot install the peers; see its message above, and check the network"
"$folder/bin/python" -c 'import jax, numpy, torch' ||
  fail "peers: installed, but cannot be imported"
printf '%s' "$wanted" > "$stamp"
trap - EXIT
