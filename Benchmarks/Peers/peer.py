"""The code that the peers share: the data, and the modes in which compare.py runs them.

usage: seed_jax.py serve          take orders on standard input, answer in JSON
       seed_jax.py first-step     take one training step, report it, and end
       seed_jax.py run --epochs N --output samples.npy
                                  train, sample 10 000 points, and end
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from typing import IO, Any, Protocol

import numpy as np

STEPS = 100
BATCH = 128
HIDDEN = 128
LEARNING_RATE = 1e-3
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
MAXIMUM_NORM = 1.0
SAMPLES = 10_000


class Program(Protocol):
    """The training and the sampler of a model in one of the frameworks."""

    def train(self, epochs: int) -> tuple[int, float]:
        """Train for `epochs` more epochs; return the number of steps and the mean loss of the last epoch."""

    def sample(self, count: int) -> np.ndarray:
        """Draw `count` samples through all timesteps."""


def swiss_roll(count: int, seed: int = 0) -> np.ndarray:
    """Return points of the swiss roll, seen from its end and scaled, count × 2."""
    random = np.random.default_rng(seed)
    angle = 1.5 * np.pi * (1 + 2 * random.random(count))
    roll = np.stack([angle * np.cos(angle), angle * np.sin(angle)], axis=1)
    return ((roll + random.normal(size=roll.shape)) / 10).astype(np.float32)


def schedule() -> np.ndarray:
    """Return beta of each timestep in float64."""
    return 1 / (1 + np.exp(-np.linspace(-6, 6, STEPS))) * (1e-2 - 1e-5) + 1e-5


def main(make: Callable[[argparse.Namespace, np.ndarray], Program]) -> None:
    """Parse the command line, create the program with `make`, and run it in the chosen mode."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mode", choices=["serve", "first-step", "run"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000, help="number of data points")
    parser.add_argument("--compile", action="store_true", help="PyTorch: compile the step")
    parser.add_argument(
        "--tuned", action="store_true", help="JAX: use all optimizations, including experimental ones")
    parser.add_argument("--epochs", type=int, default=1000)
    parser.add_argument("--output", help="write the samples of a run to this .npy file")
    options = parser.parse_args()
    answers = take_standard_output()
    program = make(options, swiss_roll(options.count))
    if options.mode == "serve":
        serve(program, answers)
    elif options.mode == "first-step":
        program.train(1)
        answer(answers, {"done": True})
    else:
        _, loss = program.train(options.epochs)
        peak = peak_memory()
        np.save(options.output, program.sample(SAMPLES))
        answer(answers, {"loss": loss, "peakMemory": peak})


def take_standard_output() -> IO[str]:
    """Reserve standard output for answers; all other output goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


def serve(program: Program, answers: IO[str]) -> None:
    """Execute each line of standard input, `train N` or `sample N`, and answer with its time."""
    answer(answers, {"ready": True})
    for line in sys.stdin:
        order, number = line.split()
        start = time.perf_counter()
        if order == "train":
            steps, loss = program.train(int(number))
            seconds = time.perf_counter() - start
            answer(answers, {"seconds": seconds, "steps": steps, "loss": loss})
        else:
            program.sample(int(number))
            answer(answers, {"seconds": time.perf_counter() - start})


def answer(answers: IO[str], values: dict[str, Any]) -> None:
    print(json.dumps(values), file=answers, flush=True)


def peak_memory() -> int:
    """Return the peak memory of this process so far, in bytes."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/self/status: no peak memory (VmHWM)")
