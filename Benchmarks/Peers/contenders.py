"""The contenders: Langevin, with one process per turn, and the peers, whose processes wait for turns."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
PARTS = ("training", "sampling", "start", "run")
# The largest number of points that gives whole batches, so that every timed step has 128 points.
STEP_POINTS = 128 * 78
SAMPLES = 10_000
# By default, the C library may return the memory of large tensors to the system after each operation.
# PyTorch then takes two to three times as long to sample.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**25), "MALLOC_TRIM_THRESHOLD_": str(2**30)}


class ContenderError(Exception):
    """A contender failed; the text names it and the reason."""


@dataclass
class Finished:
    """A process that has ended successfully."""

    seconds: float
    output: dict[str, Any]
    # None if not above the peak of this process, which the system's figure includes.
    peak_memory: int | None


@dataclass
class Setting:
    """The settings that the processes of all contenders share."""

    langevin: Path
    environment: dict[str, str]
    folder: Path

    def scratch(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))

    def run(
        self, name: str, command: list[str], variables: dict[str, str] | None = None,
    ) -> Finished:
        """Run `command`, which prints one JSON object, to its end."""
        with tempfile.TemporaryFile(dir=self.folder) as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                env=self.environment | (variables or {}))
            with ended_with_us(process):
                output = process.stdout.read()
                _, status, usage = os.wait4(process.pid, 0)
                seconds = time.perf_counter() - start
                process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise failure(name, process, errors)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peak = usage.ru_maxrss * 1024 if usage.ru_maxrss > own else None
        return Finished(seconds, json.loads(output), peak)


@contextmanager
def ended_with_us(process: subprocess.Popen[Any]) -> Iterator[None]:
    """Wait for `process` at the end; kill it if the body is interrupted."""
    with process:
        try:
            yield
        except BaseException:
            process.kill()
            raise


def failure(name: str, process: subprocess.Popen[Any], errors: IO[bytes]) -> ContenderError:
    """Return an error with the last line of `errors` that names an error, or else the last line."""
    errors.seek(0)
    lines = [line.strip() for line in errors.read().decode(errors="replace").splitlines()]
    named = [line for line in lines if re.match(r"(\w|\.)*(error|exception)\b.*: .", line, re.I)]
    last = (named or [line for line in lines if line] or ["no message"])[-1]
    last = last if len(last) < 200 else last[:200] + "…"
    return ContenderError(f"{name} ended with status {process.returncode}: {last}")


class Langevin:
    """The tool, as users run it. Its own clock times the training loop."""

    name = "Langevin"
    parts = PARTS
    optional = False

    def __init__(self, setting: Setting, threads: int) -> None:
        self.setting = setting
        self.threads = threads
        self.folder = setting.scratch()
        self.process_id = None

    def call(self, *arguments: str) -> Finished:
        return self.setting.run(
            "langevin " + arguments[0],
            [
                str(self.setting.langevin), *arguments,
                "--threads", str(self.threads), "--quiet", "--json"])

    def fit(self, epochs: int, *arguments: str) -> Finished:
        return self.call(
            "train", "swiss-roll", "--preset", "original", "--epochs", str(epochs),
            "--output", str(self.folder / "run"), "--overwrite", *arguments)

    def draw(self) -> Finished:
        return self.call(
            "sample", str(self.folder / "run"), "--count", str(SAMPLES), "--noise-at-last-step",
            "--output", str(self.folder / "samples.npy"))

    def start(self) -> None:
        """Train the run to sample."""
        self.fit(1)

    def train(self, epochs: int) -> float:
        """Return the seconds of a step in a training of `epochs` epochs."""
        output = self.fit(epochs, "--count", str(STEP_POINTS)).output
        return output["seconds"] / output["steps"]

    def sample(self) -> float:
        return self.draw().output["seconds"]

    def first_step(self) -> float:
        """Return the seconds from the start of the tool to its end, for a training of one step."""
        return self.fit(1, "--count", "128").seconds

    def whole_run(self, epochs: int) -> dict[str, float | None]:
        training = self.fit(epochs)
        sampling = self.draw()
        return {
            "seconds": training.seconds + sampling.seconds,
            "peakMemory": training.peak_memory,
            "loss": training.output["finalLoss"],
        }

    def close(self) -> None:
        pass


class Peer:
    """A Python program. Its mode `serve` keeps a compiled, warm process for many turns."""

    def __init__(
        self, setting: Setting, threads: int, name: str, script: str, *arguments: str,
        parts: tuple[str, ...] = PARTS, optional: bool = False,
    ) -> None:
        self.setting = setting
        self.name = name
        self.parts = parts
        self.optional = optional
        self.arguments = [script, *arguments]
        self.threads = threads
        self.process: subprocess.Popen[str] | None = None
        self.errors: IO[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        return self.process.pid if self.process else None

    def command(self, mode: str, *arguments: str) -> list[str]:
        script, *options = self.arguments
        return [
            sys.executable, "-B", str(HERE / script), mode, *options,
            "--threads", str(self.threads), *arguments]

    def variables(self) -> dict[str, str]:
        """Return the variables of the fastest configuration, and a new, empty folder for compiled code."""
        return KEEP_MEMORY | {"TORCHINDUCTOR_CACHE_DIR": str(self.setting.scratch())}

    def start(self) -> None:
        """Start the process and let it compile."""
        self.errors = tempfile.TemporaryFile(dir=self.setting.folder)
        self.process = subprocess.Popen(
            self.command("serve", "--count", str(STEP_POINTS)), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
            env=self.setting.environment | self.variables())
        self.answer()
        self.train(2)

    def answer(self) -> dict[str, float]:
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise failure(self.name, self.process, self.errors)
        return json.loads(line)

    def order(self, text: str) -> dict[str, float]:
        try:
            print(text, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # The missing answer raises a better error.
        return self.answer()

    def train(self, epochs: int) -> float:
        """Return the seconds of a step in `epochs` more epochs."""
        result = self.order(f"train {epochs}")
        return result["seconds"] / result["steps"]

    def sample(self) -> float:
        return self.order(f"sample {SAMPLES}")["seconds"]

    def first_step(self) -> float:
        """Return the seconds from the start of the process to the end of its first step."""
        with tempfile.TemporaryFile(dir=self.setting.folder) as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                self.command("first-step", "--count", "128"), stdout=subprocess.PIPE,
                stdin=subprocess.DEVNULL, stderr=errors,
                env=self.setting.environment | self.variables())
            with ended_with_us(process):
                line = process.stdout.readline()
                seconds = time.perf_counter() - start
            if not line:
                raise failure(self.name, process, errors)
        return seconds

    def whole_run(self, epochs: int) -> dict[str, float | None]:
        output = str(self.setting.scratch() / "samples.npy")
        finished = self.setting.run(
            self.name, self.command("run", "--epochs", str(epochs), "--output", output),
            self.variables())
        return {"seconds": finished.seconds, **finished.output}

    def close(self) -> None:
        if self.process:
            self.process.kill()
            with self.process:
                pass
            self.errors.close()
            self.process = None


def all_contenders(setting: Setting, threads: int) -> list[Langevin | Peer]:
    """Return all contenders; the first is Langevin, the reference."""
    return [
        Langevin(setting, threads),
        Peer(setting, threads, "JAX, jit", "seed_jax.py"),
        Peer(
            setting, threads, "JAX, tuned", "seed_jax.py", "--tuned",
            parts=("training", "sampling"), optional=True),
        Peer(setting, threads, "PyTorch", "seed_torch.py"),
        Peer(
            setting, threads, "PyTorch, compiled", "seed_torch.py", "--compile",
            parts=("training", "start", "run"), optional=True),
    ]
