#!/usr/bin/env bash
# Generates the manual page and the shell completions of the tool from its command-line parser.
#
# Usage: Packaging/make-pages.sh BIN_FOLDER OUTPUT_FOLDER
#   BIN_FOLDER contains langevin and swift-argument-parser's generate-manual. The page has the date of
#   SOURCE_DATE_EPOCH, or else of the last commit.
set -euo pipefail
bin=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The generator drops characters that are not ASCII. It therefore runs a wrapper that prints @u00D7@ for ×,
# which becomes \[u00D7] in the page.
cat > "$work/langevin" <<'EOF'
#!/usr/bin/env bash
set -euo pipefail
"$LANGEVIN" "$@" | perl -CS -pe 's/([^\x00-\x7f])/sprintf("\@u%04X\@", ord $1)/ge'
EOF
chmod +x "$work/langevin"

if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
  date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
else
  date=$(git log -1 --format=%cs 2>/dev/null || date +%F)
fi
LANGEVIN="$bin/langevin" "$bin/generate-manual" "$work/langevin" \
  --date "$date" --output-directory - > "$work/page"
# man warns about empty lines, so they become the macro .Pp.
sed -E -e 's/^[[:space:]]*$/.Pp/' -e 's/@u([0-9A-F]+)@/\\[u\1]/g' "$work/page" \
  > "$output/langevin.1"

for shell in bash zsh fish; do
  "$bin/langevin" --generate-completion-script "$shell" > "$output/langevin.$shell"
done
