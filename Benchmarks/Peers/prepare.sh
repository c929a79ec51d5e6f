#!/usr/bin/env bash
# Makes the Python environment that the comparison runs in, unless it is there already.
#
# Usage: Benchmarks/Peers/prepare.sh FOLDER
#   PYTHON (python3) is the interpreter that it is made from. FOLDER counts as made once
#   everything is in it; what is left of a try that failed is replaced.

set -euo pipefail
requirements="$(cd "$(dirname "$0")" && pwd)/requirements.txt"
folder=$1
python=${PYTHON:-python3}
stamp="$folder/complete"

fail() {
  echo "error: $*" >&2
  exit 1
}

command -v "$python" > /dev/null || fail "there is no $python; install Python 3.11 or later"
version=$("$python" -c 'import platform; print(platform.python_version())') ||
  fail "$python does not run"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "the peers need Python 3.11 or later; $python is $version (PYTHON=… names another)"

# What the folder has to be made of; the stamp tells what it was made of.
wanted="$version $(cat "$requirements")"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$folder/bin/python" -c ''; then
  exit 0
fi

rm -rf "$folder"
trap 'rm -rf "$folder"' EXIT
echo "installing JAX and PyTorch in $folder: some minutes, and some gigabytes"
"$python" -m venv "$folder" ||
  fail "$python makes no virtual environments (Debian: apt install python3-venv)"
"$folder/bin/python" -m pip install --disable-pip-version-check --no-input --quiet \
  --only-binary :all: --requirement "$requirements" ||
  fail "pip could not install the peers; is there a network? It tells more above"
"$folder/bin/python" -c 'import jax, numpy, torch' ||
  fail "the peers were installed, but do not load"
printf '%s' "$wanted" > "$stamp"
trap - EXIT
