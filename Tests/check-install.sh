#!/usr/bin/env bash
# Installs the tool into a temporary folder, and checks that all files are there and work without the
# toolchain; then uninstalls it, and checks that no file remains. The first run builds for release, which
# takes minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage="$work/a stage"
prefix=/opt/langevin
root=$stage$prefix

fail() {
  echo "check-install: $1" >&2
  exit 1
}

make --no-print-directory install DESTDIR="$stage" PREFIX="$prefix" > "$work/log" 2>&1 ||
  { cat "$work/log" >&2; fail "make install failed"; }

expected="bin/langevin
share/bash-completion/completions/langevin
share/fish/vendor_completions.d/langevin.fish
share/man/man1/langevin.1
share/zsh/site-functions/_langevin"
found=$(cd "$root" && find . -type f | sed 's,^\./,,' | LC_ALL=C sort)
[ "$found" = "$expected" ] || fail "wrong set of installed files: $found"
[ -z "$(find "$stage" -type f ! -path "$root/*")" ] || fail "files were installed outside the prefix"

# The tool, without the toolchain in its environment.
tool=$root/bin/langevin
run() { (cd "$work" && env -i PATH=/usr/bin:/bin "$tool" "$@"); }
version=$(sed -n 's/.*packageVersion = "\(.*\)".*/\1/p' Sources/LinearAlgebra/PackageVersion.swift)
[ "$(run --version)" = "$version" ] || fail "langevin --version is not $version"
run train line --preset original --count 100 --batch 50 --hidden 4 --epochs 2 --output run --quiet
run sample run --count 3 --output samples.csv --quiet
run plot run --output samples.png --quiet
[ "$(wc -l < "$work/samples.csv")" = 4 ] || fail "the installed tool wrote no samples"
if command -v ldd > /dev/null; then
  ! ldd "$tool" | grep -iE 'libswift|libFoundation' || fail "the tool depends on Swift's libraries"
fi

# The manual.
page=$root/share/man/man1/langevin.1
grep -qx '\.Dt LANGEVIN 1' "$page" || fail "the page has no title"
grep -qx '\.Sh SYNOPSIS' "$page" || fail "the page has no synopsis"
commands=$(run --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
[ "$(wc -w <<< "$commands")" -ge 7 ] || fail "langevin --help lists no subcommands"
for command in $commands; do
  grep -qx "\.It Em $command" "$page" || fail "the page does not describe $command"
done
for option in checkpoint-every output count sampler against; do
  grep -q "^\.It Fl .*-$option" "$page" || fail "the page does not describe --$option"
done
! LC_ALL=C grep -n '[^ -~]' "$page" || fail "the page has non-ASCII characters"
! grep -nE '^[[:space:]]*$|@u[0-9A-F]+@' "$page" || fail "the page has lines that make man warn"
if command -v groff > /dev/null; then
  warnings=$(groff -mdoc -ww -z "$page" 2>&1)
  [ -z "$warnings" ] || fail "groff warns about the page: $warnings"
fi

# The completions.
completions=$root/share/bash-completion/completions/langevin
bash -n "$completions"
bash -c 'source "$1" && complete -p langevin' - "$completions" | grep -q langevin ||
  fail "bash has no completion for langevin"
zsh=$root/share/zsh/site-functions/_langevin
[ "$(head -1 "$zsh")" = '#compdef langevin' ] || fail "the zsh completion has no #compdef line"
if command -v zsh > /dev/null; then zsh -n "$zsh"; fi
if command -v fish > /dev/null; then
  fish -n "$root/share/fish/vendor_completions.d/langevin.fish"
fi
for command in $commands; do
  for file in "$completions" "$zsh" "$root/share/fish/vendor_completions.d/langevin.fish"; do
    grep -qw -- "$command" "$file" || fail "$file does not complete $command"
  done
done

make --no-print-directory uninstall DESTDIR="$stage" PREFIX="$prefix" > "$work/log"
[ -z "$(find "$stage" -type f)" ] || fail "these files remain: $(find "$stage" -type f)"
echo "installed, ran, and removed langevin $version"
