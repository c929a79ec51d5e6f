#!/usr/bin/env bash
# Runs every command that README.md, Docs, the READMEs of Examples and Benchmarks and the help of langevin
# show, as printed and in their order: those of a document in one copy of the sources, those of the help in
# one folder. Stops at the first that fails, and says where it stands.
#
# A training is stopped after some seconds, as Ctrl-C does, where it has not ended: what it has saved by then
# does for the commands behind it. Commands that are not run are listed below.
#
# In documents, a command stands on a line of its own between ```sh and ```. One that is there to be
# refused has "# refused" behind it.
#
# Usage: Tests/check-commands.sh [DOCUMENT...]
#   Of all documents, or of those: README.md, "langevin help", … VERBOSE=1 tells of each command.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

# Command, which may be a pattern, and why it is not run. Of those of make, targets are still looked up.
not_run=(
  'make test' 'takes minutes, and comes before this'
  'make test-*' 'tests of their own, of minutes'
  'make fuzz*' 'takes minutes'
  'make docs' 'builds the modules again, for minutes; make test-docs does it'
  'make benchmark*' 'measures for minutes'
  'python3 -m venv .build-tables' 'of no use without what the next line installs'
  '.build-tables/bin/pip *' 'installs from the network'
  '.build-tables/bin/python *' 'needs what the line above installs'
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

# What is found under `langevin` and `swift`: the tool, which stops in time, and a swift that builds where
# all is built already.
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
    # Lines as long as they are.
    COLUMNS=1000 "$tool" help $page | awk -v page="$page" '/^EXAMPLE/ { inside = 1; next }
      !NF { inside = 0 } inside { sub(/^ +/, ""); print page ":" FNR "\t" $0 }'
  done
}

# Whether a command, without its comment, is among those that are not run; notes the pattern.
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
  [ -s "$work/commands" ] || fail "$document: there is no command in it"
  while IFS=$'\t' read -r line command; do
    bare=$(without_comment "$command")
    # The pages of the help repeat each other.
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
      [ "$status" -ne 0 ] || fail "$document:$line: this was to be refused: $bare"
    elif [ "$status" -ne 0 ]; then
      tail -20 "$work/log" >&2
      fail "$document:$line: status $status of: $bare"
    fi
    [ -z "${VERBOSE:-}" ] || echo "  $((SECONDS - begin)) s  $bare"
  done < "$work/commands"
  echo "$document: ran $run commands in $((SECONDS - start)) s, and $left not"
}

# Those documents that show commands.
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
    fail "no document shows '${not_run[index]}' any more; take it off the list of what is not run"
done

[ $# -gt 0 ] || set -- "${all[@]}"
for document; do
  rm -rf "$work/folder"
  mkdir "$work/folder"
  if [ "$document" = 'langevin help' ]; then
    # The data of the reader.
    cp Examples/*.csv Examples/*.npy "$work/folder"
  else
    tar -c --exclude='.git' --exclude='.build*' --exclude=./demo . | tar -x -C "$work/folder"
  fi
  check "$document" "$work/folder"
done
