#!/usr/bin/env python3
"""Lists public symbols without a doc comment, from the symbol graphs of `make docs`.

check-documentation.py BUILD_FOLDER MODULE...

A witness of a protocol requirement inherits its comment, and an extension needs no comment.
"""
import json
import pathlib
import sys

folder, modules = sys.argv[1], sys.argv[2:]
found, count = set(), 0
for module in modules:
    paths = list(pathlib.Path(folder).rglob(f"{module}.symbols.json"))
    paths += pathlib.Path(folder).rglob(f"{module}@*.symbols.json")
    if not paths:
        sys.exit(f"{folder} has no symbol graph of {module}; run make docs")
    for path in paths:
        graph = json.loads(path.read_text())
        inheriting = {r["source"] for r in graph["relationships"] if "sourceOrigin" in r}
        for symbol in graph["symbols"]:
            name = symbol["identifier"]["precise"]
            if "::SYNTHESIZED::" in name or name in inheriting:
                continue
            if symbol["kind"]["identifier"] == "swift.extension":
                continue
            count += 1
            if "docComment" not in symbol:
                place = symbol.get("location", {}).get("uri", "").rsplit("/", 1)[-1]
                found.add(f"{module}.{'.'.join(symbol['pathComponents'])} ({place})")
for symbol in sorted(found):
    print(f"no doc comment: {symbol}", file=sys.stderr)
if found:
    sys.exit(1)
print(f"all {count} public symbols of {len(modules)} modules have doc comments")
