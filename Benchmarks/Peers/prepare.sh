#!/usr/bin/env bash
# Creates the Python environment of the comparison, unless it exists.
#
# Usage: Benchmarks/Peers/prepare.sh FOLDER [matrices]
#   `matrices` installs the peers for matrices and compiles those in C++, instead of JAX and PyTorch.
#   PYTHON (default: python3) is the interpreter, CXX (default: g++) the C++ compiler. An incomplete FOLDER
#   from a failed attempt is replaced.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
case ${2:-} in
  matrices)
    requirements="$here/requirements-matrices.txt"
    optional="$here/requirements-matrices-optional.txt"
    peers="NumPy, SciPy and MLX"
    modules="numpy, scipy.linalg"
    size="a few hundred megabytes"
    ;;
  *)
    requirements="$here/requirements.txt"
    optional=
    peers="JAX and PyTorch"
    modules="jax, numpy, torch"
    size="some gigabytes"
    ;;
esac
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

# Compiles the peer NAME, unless its program is newer than its sources.
#
# Usage: compile NAME OPTION...
compile() {
  local source="$here/matrix_$1.cpp" program="$folder/$1"
  if [ "$program" -nt "$source" ] && [ "$program" -nt "$here/matrix_peer.hpp" ]; then return; fi
  echo "compiling $1 (Eigen takes some minutes)"
  # A program that is still running must not be overwritten.
  "${CXX:-g++}" -std=c++17 -O3 -march=native -DNDEBUG -o "$program.new" "$source" "${@:2}" ||
    fail "$1: cannot compile it; see the compiler's message above"
  mv "$program.new" "$program"
}

compile_peers() {
  if [ "${2:-}" != matrices ]; then return; fi
  local flags
  read -ra flags <<< "$(pkg-config --cflags --libs openblas lapacke)"
  compile c "${flags[@]}"
  read -ra flags <<< "$(pkg-config --cflags eigen3)"
  compile eigen -fopenmp "${flags[@]}"
}

# The stamp records the interpreter and packages of the folder, to compare with those wanted.
wanted="$version $(cat "$requirements" $optional)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$folder/bin/python" -c ''; then
  compile_peers "$@"
  exit 0
fi

rm -rf "$folder"
trap 'rm -rf "$folder"' EXIT
echo "installing $peers in $folder (takes some minutes and $size)"
"$python" -m venv "$folder" ||
  fail "$python: cannot create a virtual environment; install venv (Debian: apt install python3-venv)"
install() {
  "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --quiet \
    --only-binary :all: --requirement "$1"
}
install "$requirements" ||
  fail "pip: cannot install the peers; see its message above, and check the network"
if [ -n "$optional" ]; then
  install "$optional" || echo "warning: pip: cannot install $(grep -v '^#' "$optional")" >&2
fi
"$folder/bin/python" -c "import $modules" ||
  fail "peers: installed, but cannot be imported"
printf '%s' "$wanted" > "$stamp"
trap - EXIT
compile_peers "$@"
