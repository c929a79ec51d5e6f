"""Compare the speed of Langevin with JAX and PyTorch on the preset original, and on matrices with others.

usage: compare.py [--langevin PATH] [--matrices PATH --matrix-peers FOLDER] [--quick] [--only PART]
                  [--rounds N] [--epochs N] [--json FILE]

`make benchmark-peers` builds Langevin, installs the peers and runs this script. README.md in this folder
describes the measurements.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import machine
import matrices
from contenders import (
    PARTS, STEP_POINTS, ContenderError, Langevin, Peer, Setting, all_contenders)
from report import Entry, Report, Row, write_json

Contenders = list[Langevin | Peer]
ALL_PARTS = (*PARTS, matrices.NAME)
# The steps of an epoch of STEP_POINTS points.
EPOCH_STEPS = STEP_POINTS // 128
# The pause in seconds before a turn, in which the threads of the previous contender fall asleep.
PAUSE = 0.05


def main() -> int:
    options = parse()
    if not hasattr(os, "sched_setaffinity"):
        return fail("system: cannot bind a process to a processor; run the comparison on Linux")
    # Treat SIGTERM like Ctrl-C, so that all processes end and all temporary files are removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    environment, removed = machine.clean_environment()
    reports: list[Report | matrices.MatrixReport] = []
    try:
        if set(options.parts) & set(PARTS):
            with tempfile.TemporaryDirectory(prefix="langevin-peers-") as folder:
                setting = Setting(options.langevin, environment, Path(folder))
                reports.append(Comparison(options, setting).report(removed))
        if matrices.NAME in options.parts:
            reports.append(matrices.MatrixComparison(options, say).report())
    except ContenderError as error:
        return fail(str(error))
    except metadata.PackageNotFoundError as error:
        return fail(f"{error.name}: not installed; run make benchmark-peers to install it")
    except OSError as error:
        return fail(f"{error.filename or 'system'}: {error.strerror or error}")
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130
    finally:
        say("")
    print("\n\n".join(report.text() for report in reports))
    if options.json:
        try:
            write_json(reports, options.json)
        except OSError as error:
            return fail(f"{options.json}: {error.strerror}")
    return 0


def fail(text: str) -> int:
    print(f"error: {text}", file=sys.stderr)
    return 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Run the comparison on an otherwise idle machine.")
    parser.add_argument(
        "--langevin", type=Path, metavar="PATH", help="the release build of the tool")
    parser.add_argument(
        "--quick", action="store_true", help="measure rough figures: 3 rounds of 0.5 s, 30 epochs")
    parser.add_argument(
        "--only", action="append", choices=ALL_PARTS, metavar="PART",
        help=f"measure only this part: {', '.join(ALL_PARTS)}; may be repeated (default: all)")
    parser.add_argument(
        "--rounds", type=positive(int), metavar="N",
        help="rounds of training, sampling, start and matrices (default: 11, 7, 5 and 7)")
    parser.add_argument(
        "--seconds", type=positive(float), metavar="S",
        help="seconds of a turn of training (default: 1)")
    parser.add_argument(
        "--epochs", type=positive(int), metavar="N", help="epochs of whole runs (default: 1000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all values to FILE")
    group = parser.add_argument_group("matrices")
    group.add_argument(
        "--matrices", type=Path, metavar="PATH", help="the release build of langevin-matrices")
    group.add_argument(
        "--matrix-peers", type=Path, metavar="FOLDER",
        help="the folder of the peers' Python and programs")
    group.add_argument(
        "--threads", type=int, choices=(1, 2), default=1,
        help="threads of each contender, and processors for them (default: 1)")
    group.add_argument(
        "--keep-openblas", action="store_true",
        help="keep OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, for all contenders (default: unset them)")
    group.add_argument(
        "--operation", action="append", metavar="NAME",
        choices=sorted({operation.name for operation in matrices.operations(quick=False)}),
        help="measure only this operation, such as exp or svd; may be repeated")
    group.add_argument(
        "--peer", action="append", choices=matrices.PEERS, metavar="NAME",
        help=f"run only this peer: {', '.join(matrices.PEERS)}; may be repeated")
    group.add_argument(
        "--turn", type=positive(float), default=0.02, metavar="S",
        help="seconds of a turn of an operation, at least one call (default: 0.02)")
    options = parser.parse_args()
    options.parts = options.only or ALL_PARTS
    if options.json and not options.json.parent.is_dir():
        parser.error(f"--json {options.json}: no folder {options.json.parent}; create it")
    if set(options.parts) & set(PARTS):
        require_program(parser, "--langevin", options.langevin)
    if matrices.NAME in options.parts:
        require_program(parser, "--matrices", options.matrices)
        if not options.matrix_peers or not options.matrix_peers.is_dir():
            parser.error(f"--matrix-peers {options.matrix_peers}: no such folder")
    options.seconds = options.seconds or (0.5 if options.quick else 1)
    options.epochs = options.epochs or (30 if options.quick else 1000)
    return options


def require_program(parser: argparse.ArgumentParser, name: str, path: Path | None) -> None:
    if not path or not os.access(path, os.X_OK):
        parser.error(f"{name} {path}: no such program")


def positive(kind: type) -> Callable[[str], int | float]:
    def convert(text: str) -> int | float:
        value = kind(text)
        if not 0 < value < math.inf:
            raise argparse.ArgumentTypeError(f"{text}: choose a number above 0")
        return value

    convert.__name__ = "number"
    return convert


class Comparison:
    """A comparison, measured part by part."""

    def __init__(self, options: argparse.Namespace, setting: Setting) -> None:
        self.options = options
        self.setting = setting
        self.parts = options.parts
        self.watch = machine.Watch()
        self.processors = machine.processors()
        self.problems: dict[str, str] = {}

    def report(self, removed: list[str]) -> Report:
        environment = self.environment(removed)
        rows = []
        if {"training", "sampling"} & set(self.parts):
            rows += self.steady(1)
            if len(self.processors) > 1:
                rows += self.steady(len(self.processors))
        # The sort is stable, so one core stays before several.
        rows.sort(key=lambda row: PARTS.index(row.name.split()[0]))
        if "run" in self.parts:
            rows += self.whole_runs()
        if "start" in self.parts:
            rows.append(self.starts())
        return Report(environment, rows, self.warnings(rows))

    def rounds(self, default: int) -> int:
        return self.options.rounds or (3 if self.options.quick else default)

    def steady(self, cores: int) -> list[Row]:
        """Measure training steps and sampling in compiled, warm programs."""
        detail = cores_text(cores)
        contenders = [
            contender for contender in all_contenders(self.setting, cores)
            if set(contender.parts) & set(self.parts) & {"training", "sampling"}]
        rows = []
        with machine.bound_to(self.processors[-cores:]):
            try:
                self.start_all(contenders, detail)
                if "training" in self.parts:
                    rows.append(self.training(contenders, detail))
                if "sampling" in self.parts:
                    rows.append(self.sampling(contenders, detail))
            finally:
                for contender in contenders:
                    contender.close()
        return rows

    def start_all(self, contenders: Contenders, detail: str) -> None:
        for contender in contenders:
            say(f"{detail}: {contender.name} starts")
            self.attempt(contender, contender.start)

    def attempt(self, contender: Langevin | Peer, action: Callable[[], Any]) -> Any:
        """Return the result of `action`, or None if an optional contender fails or has failed."""
        if contender.name in self.problems:
            return None
        try:
            return action()
        except ContenderError as error:
            if not contender.optional:
                raise
            self.problems[contender.name] = str(error)
            return None

    def race(
        self, what: str, contenders: Contenders, rounds: int,
        turn: Callable[[Langevin | Peer, int], Any],
    ) -> list[list[Any]]:
        """Return the results of `turn` for each contender, by round; the contenders take turns."""
        values: list[list[Any]] = [[] for _ in contenders]
        workers = [contender.process_id for contender in contenders if contender.process_id]
        with self.watch.over(workers):
            for number in range(rounds):
                say(f"{what}: round {number + 1} of {rounds}")
                # Rotate the order, so that no contender always comes first.
                for index in rotated(range(len(contenders)), number):
                    contender = contenders[index]
                    time.sleep(PAUSE)
                    values[index].append(
                        self.attempt(contender, lambda: turn(contender, number)))
        return values

    def entries(self, contenders: Contenders, values: list[list[Any]]) -> list[Entry]:
        return [
            Entry(contender.name, own, self.problems.get(contender.name))
            for contender, own in zip(contenders, values)]

    def training(self, contenders: Contenders, detail: str) -> Row:
        contenders = those_in("training", contenders)
        epochs: dict[str, int] = {}
        for contender in contenders:
            step = self.attempt(contender, lambda: contender.train(2)) or 1
            epochs[contender.name] = max(1, round(self.options.seconds / (step * EPOCH_STEPS)))
        values = self.race(
            f"training, {detail}", contenders, self.rounds(11),
            lambda contender, _: contender.train(epochs[contender.name]))
        return Row(
            "training step", f"128 points, {detail}", "µs", self.entries(contenders, values))

    def sampling(self, contenders: Contenders, detail: str) -> Row:
        contenders = those_in("sampling", contenders)
        for contender in contenders:
            self.attempt(contender, contender.sample)
        values = self.race(
            f"sampling, {detail}", contenders, self.rounds(7),
            lambda contender, _: contender.sample())
        return Row(
            "sampling", f"10 000 points, {detail}", "s", self.entries(contenders, values))

    def starts(self) -> Row:
        """Measure first steps; a contender that takes long to compile starts only once."""
        cores = len(self.processors)
        contenders = those_in("start", all_contenders(self.setting, cores))
        values = self.race(
            "start", contenders, self.rounds(5),
            lambda contender, number: (
                None if contender.optional and number > 0 else contender.first_step()))
        return Row(
            "start to first step", f"nothing compiled, {cores_text(cores)}", "s",
            self.entries(contenders, values))

    def whole_runs(self) -> list[Row]:
        cores = len(self.processors)
        contenders = those_in("run", all_contenders(self.setting, cores))
        epochs = self.options.epochs
        results = [
            own[0] or {} for own in self.race(
                f"whole run of {epochs} epochs", contenders, 1,
                lambda contender, _: contender.whole_run(epochs))]

        def row(name: str, detail: str, unit: str, key: str) -> Row:
            values = [[result.get(key)] for result in results]
            return Row(name, detail, unit, self.entries(contenders, values))

        return [
            row("whole run", f"{epochs} epochs, {cores_text(cores)}", "s", "seconds"),
            row("peak memory", "of the run's training", "MB", "peakMemory"),
            row("loss", "of the last epoch", "", "loss"),
        ]

    def environment(self, removed: list[str]) -> dict[str, str]:
        """Return the versions and the machine. Runs Langevin once for its kernels."""
        tool = Langevin(self.setting, 1).fit(1).output
        kernels, core = tool["kernelLevel"], tool["openBLASCore"]
        version = subprocess.run(
            [self.setting.langevin, "--version"], env=self.setting.environment, check=True,
            capture_output=True, text=True).stdout.strip()
        load = os.getloadavg()[0]
        return {
            "processor": f"{machine.processor_name()}, {len(self.processors)} in use",
            "system": f"{platform.system()} {platform.release()}",
            "Langevin": f"{version}, kernels: {kernels}, OpenBLAS: {core}",
            "JAX": f"{metadata.version('jax')}, jaxlib {metadata.version('jaxlib')}",
            "PyTorch": metadata.version("torch"),
            "Python": f"{platform.python_version()}, NumPy {metadata.version('numpy')}",
            "load average": f"{load:.2f} before",
            "variables unset": ", ".join(removed) or "none",
        }

    def warnings(self, rows: list[Row]) -> list[str]:
        found = self.watch.warnings()
        wide = [row for row in rows if row.scatters()]
        if wide:
            names = "; ".join(f"{row.name}, {row.detail}" for row in wide)
            found.append(f"the quartiles differ by more than 10 % of the median: {names}")
        if "run" in self.parts and any(
                (package.name or "").startswith("nvidia-") for package in metadata.distributions()):
            found.append(
                "this build of PyTorch includes GPU support, which more than doubles its memory; "
                "a CPU-only build takes less")
        if len(self.processors) == 1:
            found.append("only one processor is available; there are no figures for several")
        if self.options.quick:
            found.append("quick run: the figures are rough")
        return found


def those_in(part: str, contenders: Contenders) -> Contenders:
    """Return the contenders that take part in `part`."""
    return [contender for contender in contenders if part in contender.parts]


def cores_text(cores: int) -> str:
    return f"{cores} core" + ("s" if cores > 1 else "")


def rotated(values: Iterable[int], by: int) -> list[int]:
    values = list(values)
    by %= len(values)
    return values[by:] + values[:by]


def say(text: str) -> None:
    """Show progress in place on a terminal; print nothing to a log."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
