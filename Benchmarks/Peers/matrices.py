"""The part `matrices` of the comparison: operations on matrices, beside NumPy, SciPy, MLX, Eigen and C.

compare.py runs it. The contenders are processes that measure one operation at a time and take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import machine
from contenders import HERE, ContenderError, failure

NAME = "matrices"
TYPES = ("float", "double")
# A contender whose calls take longer than this many seconds has fewer rounds.
SLOW = 0.3
SLOW_ROUNDS = 3
# One whose calls take longer than this many seconds has one round.
VERY_SLOW = 2.0
# The names of processes; C calls memcpy and the OpenBLAS and LAPACKE that Langevin calls.
LANGEVIN = "Langevin"
PEERS = ("NumPy", "SciPy", "MLX", "Eigen", "C")


@dataclass(frozen=True)
class Operation:
    """An operation, as the table and the contenders name it."""

    group: str
    title: str
    name: str
    size: int
    # The largest good ratio of Langevin's time to that of a peer.
    bars: dict[str, float] = field(default_factory=dict, hash=False)


def operations(quick: bool) -> Iterator[Operation]:
    side = 1000
    size = f"{side} × {side}"

    def rows(group: str, bars: dict[str, float], *rows: tuple[str, str]) -> Iterator[Operation]:
        for title, name in rows:
            yield Operation(group, title, name, side, bars)

    yield from rows(
        f"Elements of {size}", {"C": 1.2}, ("create from an array, or memcpy", "create"),
        ("read m[i, j] in a loop", "read"), ("write m[i, j] in a loop", "write"),
        ("write by mutableRow(i) in a loop", "write-rows"))
    numpy = {"NumPy": 1.0}
    yield from rows(
        f"Elementwise, {size}", numpy, ("transposed copy", "transpose"), ("a / 2", "halve"),
        ("a + b", "add"), ("map: x² + 1", "map"), ("a > 0", "compare"), ("where(mask, a, b)", "where"),
        ("exp", "exp"), ("log", "log"), ("tanh", "tanh"), ("sqrt", "sqrt"))
    yield from rows(
        f"Reductions and rows, {size}", numpy, ("sum", "sum"), ("row sums", "row-sums"),
        ("column sums", "column-sums"), ("variance", "variance"), ("maximum", "maximum"),
        ("argmax", "argmax"), ("argmax of each row", "row-argmax"),
        ("cumulative row sums", "cumulative"), ("sort rows", "sort"))
    for size in (10, 100):
        yield Operation("Small matrices", f"a + b, {size} × {size}", "add", size, numpy)
    for size in (4, 16):
        yield Operation("Small matrices", f"a b, {size} × {size}", "product", size, numpy)
    for size in (64, 128, 256, 512, 1024) if quick else (64, 128, 256, 512, 1024, 2048):
        yield Operation("Products", f"a b, {size} × {size}", "product", size, numpy)
    for size in (64, 256, 1024):
        yield Operation("Products", f"aᵀ b, {size} × {size}", "product-transposed", size, numpy)
    yield Operation("Products", "a x, 1000 × 1000", "product-vector", 1000, numpy)
    yield Operation("4096 matrices of 16 × 16", "products", "stack-product", 16, numpy)
    yield Operation("4096 matrices of 16 × 16", "Cholesky", "stack-cholesky", 16, numpy)
    # NumPy computes determinants.
    yield Operation("4096 matrices of 16 × 16", "LU (NumPy: slogdet)", "stack-lu", 16, numpy)
    scipy = {"SciPy": 1.05}
    for title, name in (
            ("Cholesky", "cholesky"), ("LU", "lu"), ("QR", "qr"), ("SVD", "svd"),
            ("symmetric eigen", "symmetric-eigen"), ("eigen", "eigen"),
            ("least squares, QR", "least-squares-qr"), ("least squares, SVD", "least-squares-svd"),
            ("solve", "solve"), ("inverse", "inverse")):
        for size in (50, 100, 200) if quick else (50, 100, 200, 500, 1000):
            yield Operation("Factorizations", f"{title}, {size}", name, size, scipy)


class Contender:
    """A process that measures operations on request."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name = name
        self.problem: str | None = None
        self.details: dict[str, Any] = {}
        self.errors: IO[bytes] = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                env=environment)
        except OSError as error:
            raise ContenderError(f"{command[0]}: {error.strerror}") from error

    def answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise failure(self.name, self.process, self.errors)
        return json.loads(line)

    def measure(self, operation: Operation, kind: str, seconds: float) -> float | None:
        """Return the seconds of one call; None if the contender has no such operation."""
        request = f"{operation.name} {kind} {operation.size} {seconds}"
        try:
            print(request, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # The missing answer raises a better error.
        return self.answer()["seconds"]

    def close(self) -> None:
        self.process.kill()
        with self.process:
            pass
        self.errors.close()


@dataclass
class Row:
    """The seconds of a call of an operation, by contender and round."""

    operation: Operation
    kind: str
    values: dict[str, list[float]]

    def seconds(self, name: str = LANGEVIN) -> float | None:
        return statistics.median(self.values[name]) if self.values.get(name) else None

    def ratio(self, peer: str) -> float | None:
        """Return the median over the rounds of Langevin's time divided by that of `peer`."""
        pairs = zip(self.values.get(LANGEVIN, []), self.values.get(peer, []))
        ratios = [own / other for own, other in pairs if other > 0]
        return statistics.median(ratios) if ratios else None

    def is_above(self, peer: str) -> bool:
        """Return whether the ratio, as the table shows it, is above the bar."""
        ratio, bar = self.ratio(peer), self.operation.bars.get(peer)
        return ratio is not None and bar is not None and round(ratio, 2) > bar

    def cells(self, peers: list[str]) -> list[str]:
        cells = [self.operation.title, self.kind, significant(self.seconds())]
        for peer in peers:
            ratio = self.ratio(peer)
            text = "" if ratio is None else f"{ratio:.2f}"
            cells.append(f"**{text}**" if self.is_above(peer) else text)
        return cells

    def json(self) -> dict[str, Any]:
        return {
            "group": self.operation.group, "operation": self.operation.name, "type": self.kind,
            "size": self.operation.size, "bars": self.operation.bars, "seconds": self.values,
            "ratios": {name: self.ratio(name) for name in self.values if name != LANGEVIN},
        }


@dataclass
class MatrixReport:
    environment: dict[str, str]
    rows: list[Row]
    warnings: list[str]

    def text(self) -> str:
        """Return the report as Markdown."""
        parts = ["## Matrices", "\n".join(f"- {name}: {value}" for name, value in self.environment.items())]
        groups = list(dict.fromkeys(row.operation.group for row in self.rows))
        for group in groups:
            rows = [row for row in self.rows if row.operation.group == group]
            peers = [peer for peer in PEERS if any(row.values.get(peer) for row in rows)]
            head = ["operation", "type", "Langevin, µs"] + [f"÷ {peer}" for peer in peers]
            lines = [head, ["---", "---", "---:"] + ["---:"] * len(peers)]
            lines += [row.cells(peers) for row in rows]
            table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
            parts += [f"### {group}", table]
        parts.append(
            "÷: Langevin's time divided by the peer's, the median over the rounds; below 1, Langevin is "
            "faster.\n**Bold**: above the bar, which is 1.2 times `memcpy`, 1.0 times NumPy, and 1.05 times "
            "SciPy's factorizations.")
        parts += [f"Warning: {warning}." for warning in self.warnings]
        return "\n\n".join(parts)

    def json(self) -> dict[str, Any]:
        return {
            "environment": self.environment, "rows": [row.json() for row in self.rows],
            "warnings": self.warnings}


class MatrixComparison:
    """The comparison of operations on matrices."""

    def __init__(
        self, options: argparse.Namespace, say: Callable[[str], None],
    ) -> None:
        self.options = options
        self.say = say
        self.watch = machine.Watch()
        self.problems: dict[str, str] = {}

    def report(self) -> MatrixReport:
        threads = self.options.threads
        processors = machine.processors()
        if threads > len(processors):
            raise ContenderError(f"--threads {threads}: only {len(processors)} processors are available")
        load = os.getloadavg()[0]
        environment, removed = self.environment()
        with ExitStack() as stack:
            stack.enter_context(machine.bound_to(processors[-threads:]))
            contenders = self.start(stack, environment)
            rows = self.measure(contenders)
        return MatrixReport(self.heading(contenders, removed, load), rows, self.warnings())

    def environment(self) -> tuple[dict[str, str], list[str]]:
        """Return the contenders' environment, and the names of removed variables."""
        environment, removed = machine.clean_environment()
        kept = ["LANGEVIN_KERNELS"]
        if self.options.keep_openblas:
            kept += ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]
        for name in kept:
            if name in removed:
                removed.remove(name)
                environment[name] = os.environ[name]
        count = str(self.options.threads)
        return environment | {"OPENBLAS_NUM_THREADS": count, "OMP_NUM_THREADS": count}, removed

    def start(self, stack: ExitStack, environment: dict[str, str]) -> list[Contender]:
        folder: Path = self.options.matrix_peers
        python = str(folder / "bin" / "python")
        commands = {
            LANGEVIN: [str(self.options.matrices)],
            **{
                name: [python, "-B", str(HERE / f"matrix_{name.lower()}.py")]
                for name in ("NumPy", "SciPy", "MLX")},
            "Eigen": [str(folder / "eigen")],
            "C": [str(folder / "c")],
        }
        contenders = []
        for name, command in commands.items():
            if self.options.peer and name not in (LANGEVIN, *self.options.peer):
                continue
            self.say(f"matrices: {name} starts")
            contender = Contender(name, command, environment)
            stack.callback(contender.close)
            try:
                contender.details = contender.answer()
            except ContenderError as error:
                # MLX is not available for every system.
                if name != "MLX":
                    raise
                self.problems[name] = str(error)
                continue
            contenders.append(contender)
        return contenders

    def measure(self, contenders: list[Contender]) -> list[Row]:
        rows = []
        workers = [contender.process.pid for contender in contenders]
        chosen = [
            operation for operation in operations(self.options.quick)
            if not self.options.operation or operation.name in self.options.operation]
        with self.watch.over(workers):
            for operation in chosen:
                for kind in TYPES:
                    self.say(f"matrices: {operation.title}, {kind}")
                    rows.append(Row(operation, kind, self.race(contenders, operation, kind)))
        return rows

    def race(
        self, contenders: list[Contender], operation: Operation, kind: str,
    ) -> dict[str, list[float]]:
        """Return the seconds of each contender that has the operation, by round."""
        values: dict[str, list[float]] = {}
        racing: list[Contender] = []
        rounds: dict[str, int] = {}
        default = self.options.rounds or (3 if self.options.quick else 7)
        # The first turn prepares the operands and warms up.
        for contender in contenders:
            seconds = contender.measure(operation, kind, 0)
            if seconds is not None:
                racing.append(contender)
                values[contender.name] = []
                limit = 1 if seconds > VERY_SLOW else SLOW_ROUNDS if seconds > SLOW else default
                rounds[contender.name] = min(default, limit)
        for number in range(rounds[LANGEVIN]):
            # Rotate the order, so that no contender always comes first.
            for index in range(len(racing)):
                contender = racing[(index + number) % len(racing)]
                if number < rounds[contender.name]:
                    values[contender.name].append(
                        contender.measure(operation, kind, self.options.turn))
        return values

    def heading(
        self, contenders: list[Contender], removed: list[str], load: float,
    ) -> dict[str, str]:
        details = {contender.name: contender.details for contender in contenders}
        own = details[LANGEVIN]
        heading = {
            "processor": f"{machine.processor_name()}, {machine.vector_instructions()}",
            "threads": f"{self.options.threads} of {len(machine.processors())} processors",
            "system": f"{platform.system()} {platform.release()}",
            LANGEVIN:
                f"kernels: {own['kernels']}, OpenBLAS: {own['openBLASCore']}, "
                f"{own['openBLASThreads']} thread(s)",
        }
        for name in PEERS:
            if name in details:
                heading[name] = ", ".join(
                    f"{key}: {value}" if key != "version" else str(value)
                    for key, value in details[name].items() if key != "ready")
            elif name in self.problems:
                heading[name] = f"not run: {self.problems[name]}"
        heading["load average"] = f"{load:.2f} before"
        heading["variables unset"] = ", ".join(removed) or "none"
        return heading

    def warnings(self) -> list[str]:
        found = self.watch.warnings()
        if self.options.quick:
            found.append("quick run: the figures are rough")
        return found


def significant(seconds: float | None) -> str:
    """Return microseconds with three significant digits."""
    if seconds is None:
        return ""
    microseconds = seconds * 1e6
    if microseconds >= 100:
        return f"{microseconds:.0f}"
    return f"{microseconds:.1f}" if microseconds >= 10 else f"{microseconds:.2f}"
