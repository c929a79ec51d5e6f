"""What the peers share: the data, and the ways in which compare.py runs them.

usage: seed_jax.py serve          take orders on standard input, answer in JSON
       seed_jax.py first-step     take one step of training, say so, and end
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
    """A training in one of the frameworks, and the sampler of its model."""

    def train(self, epochs: int) -> tuple[int, float]:
        """Train on; return the number of steps, and the mean loss of the last epoch."""

    def sample(self, count: int) -> np.ndarray:
        """Draw samples, through all timesteps."""


def swiss_roll(count: int, seed: int = 0) -> np.ndarray:
    """Points of the swiss roll, seen from its end and scaled: count × 2."""
    random = np.random.default_rng(seed)
    angle = 1.5 * np.pi * (1 + 2 * random.random(count))
    roll = np.stack([angle * np.cos(angle), angle * np.sin(angle)], axis=1)
    return ((roll + random.normal(size=roll.shape)) / 10).astype(np.float32)


def schedule() -> np.ndarray:
    """beta of each timestep, in float64."""
    return 1 / (1 + np.exp(-np.linspace(-6, 6, STEPS))) * (1e-2 - 1e-5) + 1e-5


def main(make: Callable[[argparse.Namespace, np.ndarray], Program]) -> None:
    """Run what `make` makes of the options and the data, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mode", choices=["serve", "first-step", "run"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000, help="points of data")
    parser.add_argument("--compile", action="store_true", help="PyTorch: compile the step")
    parser.add_argument(
        "--tuned", action="store_true", help="JAX: all that makes it faster, experiments included")
    parser.add_argument("--epochs", type=int, default=1000)
    parser.add_argument("--output", help="where the samples of a run go, a .npy file")
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
    """Keep standard output for answers; what else is printed goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


def serve(program: Program, answers: IO[str]) -> None:
    """Do what each line of standard input says, `train N` or `sample N`, and tell the time."""
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
    """The most memory, in bytes, that this process has had so far."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not tell the peak of memory")
