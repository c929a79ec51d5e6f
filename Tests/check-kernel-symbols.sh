#!/bin/bash
# Checks that the builds of the kernels share no function.
#
# A generic function that the optimizer specializes, or a helper that the compiler makes, is a weak
# symbol. The linker keeps one of all weak symbols with the same name, possibly the one that uses AVX-512
# on a processor without it. So no object file of the kernels may define
#
#   - a function that the object files of another build also define;
#   - a weak function without its module's name, since any other module of a program may define the same
#     function.
#
# Usage: Tests/check-kernel-symbols.sh [BUILD_FOLDER]
#   checks the debug and release builds that exist in BUILD_FOLDER (.build).

set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-.build}
modules=({Langevin,LangevinDouble}Kernels{Baseline,AVX2,AVX512})

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
checked=0

# Prints the functions that the object files of a folder define, as "letter name".
functions() {
  find "$1" -name '*.o' -print0 | xargs -0 nm --defined-only |
    awk '$2 ~ /^[TtWwiu]$/ { print $2, $3 }' | sort -u
}

for configuration in debug release; do
  found=()
  for module in "${modules[@]}"; do
    folder="$build/$configuration/$module.build"
    [ -d "$folder" ] || continue
    functions "$folder" > "$work/$module"
    if [ ! -s "$work/$module" ]; then
      # Debug builds omit instruction sets unless LANGEVIN_DEBUG_LEVELS=all.
      if [ $configuration = debug ] && [[ $module != *Baseline ]]; then continue; fi
      echo "error: the object files of $folder define no function" >&2
      exit 2
    fi
    found+=("$module")

    # Swift's mangled names hold the module's name after its length: 19LangevinKernelsAVX2.
    strangers=$(awk '$1 ~ /[WwuV]/ { print $2 }' "$work/$module" |
      grep -vF "${#module}$module" || true)
    if [ -n "$strangers" ]; then
      echo "error: $configuration, $module: weak functions without the module's name:" >&2
      echo "$strangers" >&2
      failed=1
    fi
  done
  [ ${#found[@]} -gt 0 ] || continue
  checked=$((checked + 1))

  # Local symbols (t) belong to one object file; the linker does not merge them.
  shared=$(for module in "${found[@]}"; do
    awk '$1 != "t" { print $2 }' "$work/$module" | sort -u
  done | sort | uniq -d)
  if [ -n "$shared" ]; then
    echo "error: $configuration: functions of more than one build:" >&2
    echo "$shared" >&2
    failed=1
  fi
  echo "$configuration: $(cat "${found[@]/#/$work/}" | wc -l) functions in ${#found[@]} builds"
done

if [ "$checked" -eq 0 ]; then
  echo "error: $build holds no kernels; run swift build first" >&2
  exit 2
fi
exit "$failed"
