"""The results, as a text table and as JSON."""

from __future__ import annotations

import json
import math
import os
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

MISSING = "—"
# The units of the table, and the factors of values in seconds or bytes.
UNITS = {"µs": 1e6, "s": 1, "MB": 1e-6, "": 1}


@dataclass
class Entry:
    """A contender's values in a row of the table, by round; None in rounds that it skipped."""

    contender: str
    values: list[float | None] = field(default_factory=list)
    problem: str | None = None

    def taken(self) -> list[float]:
        return [value for value in self.values if value is not None]

    def median(self) -> float | None:
        return statistics.median(self.taken()) if self.taken() else None

    def quartiles(self) -> tuple[float, float] | None:
        if len(self.taken()) < 2:
            return None
        lower, _, upper = statistics.quantiles(self.taken(), n=4, method="inclusive")
        return lower, upper

    def ratio(self, reference: Entry) -> float | None:
        """Return the median ratio to `reference` over the rounds in which both ran."""
        pairs = zip(self.values, reference.values)
        ratios = [own / other for own, other in pairs if own is not None and other]
        return statistics.median(ratios) if ratios else None


@dataclass
class Row:
    """All contenders' values of one quantity. The first contender is the reference."""

    name: str
    detail: str
    unit: str
    entries: list[Entry]

    def cells(self) -> list[list[str]]:
        return [self.entry_cells(index) for index in range(len(self.entries))]

    def entry_cells(self, index: int) -> list[str]:
        entry = self.entries[index]
        name = f"{self.name}, {self.unit}" if self.unit else self.name
        label = [name, self.detail][index] if index < 2 else ""
        if entry.problem:
            return [label, entry.contender, "not run", MISSING, MISSING]
        quartiles = entry.quartiles()
        return [
            label, entry.contender, self.text(entry.median()),
            f"{self.text(quartiles[0])} – {self.text(quartiles[1])}" if quartiles else MISSING,
            number(entry.ratio(self.entries[0]), 2) if self.unit else MISSING]

    def text(self, value: float | None) -> str:
        if value is None:
            return MISSING
        # Show three or four significant digits.
        shown = value * UNITS[self.unit]
        return number(shown, max(0, 2 - math.floor(math.log10(shown))) if shown > 0 else 0)

    def scatters(self) -> bool:
        """Return whether a contender's quartiles differ by more than a tenth of the median."""
        return any(
            quartiles[1] - quartiles[0] > 0.1 * entry.median()
            for entry in self.entries if (quartiles := entry.quartiles()))

    def json(self) -> dict[str, Any]:
        unit = {"MB": "bytes", "": None}.get(self.unit, "seconds")
        return {
            "name": self.name, "detail": self.detail, "unit": unit,
            "contenders": [
                {
                    "name": entry.contender, "median": entry.median(),
                    "quartiles": entry.quartiles(), "timesLangevin": entry.ratio(self.entries[0]),
                    "rounds": entry.values, "problem": entry.problem,
                } for entry in self.entries],
        }


@dataclass
class Report:
    """The report of a comparison."""

    environment: dict[str, Any]
    rows: list[Row]
    warnings: list[str]

    def text(self) -> str:
        heading = [[name, str(value)] for name, value in self.environment.items()]
        parts = [
            table(heading, "ll"), table(self.body(), "llrrr"),
            "Medians and quartiles over all rounds. × Langevin: the ratio to Langevin's value, as a\n"
            "median over the rounds; above 1, Langevin is faster or smaller.",
        ]
        problems = {entry.problem for row in self.rows for entry in row.entries if entry.problem}
        parts += [f"Not run: {problem}" for problem in sorted(problems)]
        parts.append("\n".join(f"Warning: {warning}." for warning in self.warnings))
        return "\n\n".join(part for part in parts if part)

    def body(self) -> list[list[str]]:
        lines = [["", "", "median", "quartiles", "× Langevin"]]
        for row in self.rows:
            lines.append([])
            lines += row.cells()
        return lines

    def json(self) -> dict[str, Any]:
        return {
            "environment": self.environment, "rows": [row.json() for row in self.rows],
            "warnings": self.warnings}


class Writable(Protocol):
    """A report that can be written."""

    def json(self) -> dict[str, Any]: ...


def write_json(reports: list[Writable], path: Path) -> None:
    """Write `reports` to `path` atomically: one object for one report, or else an array."""
    values = [report.json() for report in reports]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values if len(values) > 1 else values[0], file, indent=2, ensure_ascii=False)
            file.write("\n")
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def number(value: float | None, digits: int) -> str:
    return MISSING if value is None else f"{value:.{digits}f}"


def table(lines: list[list[str]], alignments: str) -> str:
    """Return the text of `lines` of cells, in columns aligned to the left (l) or right (r)."""
    widths = [
        max(len(line[column]) for line in lines if line) for column in range(len(alignments))]
    texts = []
    for line in lines:
        cells = [
            cell.ljust(width) if alignment == "l" else cell.rjust(width)
            for cell, width, alignment in zip(line, widths, alignments)]
        texts.append("  ".join(cells).rstrip())
    return "\n".join(texts)
