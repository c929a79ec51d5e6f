#!/usr/bin/env bash
# Runs every command shown in README.md, in Docs, in the READMEs of Examples and Benchmarks, and in the
# help of langevin, as printed and in order: the commands of a document run in one copy of the sources,
# those of the help in one folder. Stops at the first command that fails, and prints its document and
# line.
#
# A training run is interrupted after some seconds, as by Ctrl-C; the later commands use what it saved by
# then. The commands that are not run are listed below.
#
# In a document, each command is on a line of its own between ```sh and ```. A command that must fail
# ends with "# refused".
#
# Usage: Tests/check-commands.sh [DOCUMENT...]
#   DOCUMENT is README.md, "langevin help", …; by default all documents. VERBOSE=1 prints each command.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

# Each command, which may be a pattern, and why it is not run. The targets of make commands are still
# checked.
not_run=(
  'make test' 'takes minutes, and has already run'
  'make test-*' 'are separate tests that take minutes'
  'make fuzz*' 'takes minutes'
  'make docs' 'rebuilds the modules, which takes minutes; make test-docs does it'
  'make benchmark*' 'takes minutes'
  'python3 -m venv .build-tables' 'is useless without the packages of the next line'
  '.build-tables/bin/pip *' 'installs from the network'
  '.build-tables/bin/python *' 'needs the packages of the line above'
)
training_seconds=3

fail() {
  echo "check-commands: $1" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swift=$(command -v "${SWIFT:-swift}")
"$swift" build -c release --product langevin
tool="$("$swift" build -c release --show-bin-path)/langevin"

# The commands `langevin` and `swift` on the path: the tool with a time limit for training, and a swift
# that uses the existing build.
mkdir "$work/bin"
cat > "$work/bin/langevin" <<EOF
#!/usr/bin/env bash
case "\${1:-}" in
  train | resume) timeout --preserve-status -s INT $training_seconds "$tool" "\$@" || [ \$? = 130 ] ;;
  *) exec "$tool" "\$@" ;;
esac
EOF
cat > "$work/bin/swift" <<EOF
#!/usr/bin/env bash
case "\$*" in
  'run -c release langevin'*) exec langevin "\${@:5}" ;;
  build*) exec "$swift" build --package-path "$root" "\${@:2}" ;;
  *) exec "$swift" "\$@" ;;
esac
EOF
chmod +x "$work/bin/"*

without_comment() { sed 's/  *#.*//' <<< "$1"; }

# "LINE<tab>COMMAND" for each command of a document.
commands() {
  if [ "$1" != 'langevin help' ]; then
    awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 }
      inside && NF { print FNR "\t" $0 }' "$1"
    return
  fi
  local pages page
  pages=$("$tool" --help | sed -n '/^SUBCOMMANDS:/,/^$/s/^  \([a-z]*\)  .*/\1/p')
  for page in '' $pages; do
    # No line breaks.
    COLUMNS=1000 "$tool" help $page | awk -v page="$page" '/^EXAMPLE/ { inside = 1; next }
      !NF { inside = 0 } inside { sub(/^ +/, ""); print page ":" FNR "\t" $0 }'
  done
}

# Succeeds if a command without its comment matches a pattern that is not run; records the pattern.
is_not_run() {
  local index
  for ((index = 0; index < ${#not_run[@]}; index += 2)); do
    # shellcheck disable=SC2053
    if [[ $1 == ${not_run[index]} ]]; then
      echo "${not_run[index]}" >> "$work/patterns"
      return 0
    fi
  done
  return 1
}

# Runs the commands of a document in a folder.
check() {
  local document=$1 folder=$2 line command bare run=0 left=0 start=$SECONDS
  local -A done=()
  commands "$document" > "$work/commands"
  [ -s "$work/commands" ] || fail "$document: it shows no command"
  while IFS=$'\t' read -r line command; do
    bare=$(without_comment "$command")
    # The help pages repeat some commands.
    [ -z "${done[$bare]:-}" ] || continue
    done[$bare]=yes
    if is_not_run "$bare"; then
      left=$((left + 1))
      [[ $bare == make\ * ]] || continue
      bare="make -n ${bare#make }"
    else
      run=$((run + 1))
    fi
    local status=0 begin=$SECONDS
    (cd "$folder" && PATH="$work/bin:$PATH" EPOCHS=1 SWIFT=swift bash -o pipefail -c "$bare") \
      > "$work/log" 2>&1 < /dev/null || status=$?
    if [[ $command == *'# refused'* ]]; then
      [ "$status" -ne 0 ] || fail "$document:$line: this command must fail but succeeded: $bare"
    elif [ "$status" -ne 0 ]; then
      tail -20 "$work/log" >&2
      fail "$document:$line: failed with status $status: $bare"
    fi
    [ -z "${VERBOSE:-}" ] || echo "  $((SECONDS - begin)) s  $bare"
  done < "$work/commands"
  echo "$document: ran $run commands in $((SECONDS - start)) s, skipped $left"
}

# The documents that show commands.
all=("langevin help")
while IFS= read -r file; do all+=("$file"); done < <(
  find README.md Docs Examples Benchmarks -name '*.md' -not -path '*/.build/*' \
    -exec grep -lx '```sh' {} + | LC_ALL=C sort)

for document in "${all[@]}"; do
  commands "$document" | while IFS=$'\t' read -r _ command; do
    is_not_run "$(without_comment "$command")" || true
  done
done
for ((index = 0; index < ${#not_run[@]}; index += 2)); do
  grep -qxF -- "${not_run[index]}" "$work/patterns" ||
    fail "no document shows '${not_run[index]}' any more; remove it from not_run"
done

[ $# -gt 0 ] || set -- "${all[@]}"
for document; do
  rm -rf "$work/folder"
  mkdir "$work/folder"
  if [ "$document" = 'langevin help' ]; then
    # The data that the help's reader has.
    cp Examples/*.csv Examples/*.npy "$work/folder"
  else
    # Not the runs and samples that the reader's own commands have left.
    git ls-files -z >"$work/files"
    tar -c --null -T "$work/files" | tar -x -C "$work/folder"
  fi
  check "$document" "$work/folder"
done
