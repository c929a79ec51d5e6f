"""The code that the peers for matrices share: they measure one operation at a time.

Each line of standard input is a request, `OPERATION TYPE SIZE SECONDS`, such as `exp float 1000 0.02`.
Each answer is a JSON object on one line of standard output: the seconds of one call, or null for an
operation that the peer does not have.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

Operation = Callable[[], object]
STACK_COUNT = 4096


class Operands:
    """The operands of the operations on matrices of `size` rows, as NumPy arrays."""

    def __init__(self, kind: str, size: int) -> None:
        self.size = size
        self.type = np.float32 if kind == "float" else np.float64

    def random(self, *shape: int, seed: int = 1) -> np.ndarray:
        """Return uniform numbers on [-1, 1)."""
        values = np.random.default_rng(seed).random(shape)
        return (2 * values - 1).astype(self.type)

    def a(self) -> np.ndarray:
        return self.random(self.size, self.size)

    def b(self) -> np.ndarray:
        return self.random(self.size, self.size, seed=2)

    def positive(self) -> np.ndarray:
        """Return numbers from 0.5 to 1.5."""
        return np.abs(self.a()) + self.type(0.5)

    def definite(self, *count: int) -> np.ndarray:
        """Return well-conditioned symmetric positive definite matrices."""
        a = self.random(*count, self.size, self.size)
        product = a @ a.swapaxes(-1, -2) / self.size + np.eye(self.size)
        return product.astype(self.type)

    def regular(self) -> np.ndarray:
        """Return a well-conditioned matrix."""
        return (self.a() / np.sqrt(self.size) + np.eye(self.size)).astype(self.type)

    def vector(self, count: int = 1) -> np.ndarray:
        return self.random(count * self.size, seed=3)

    def overdetermined(self) -> tuple[np.ndarray, np.ndarray]:
        """Return twice as many equations as unknowns."""
        return self.random(2 * self.size, self.size), self.vector(2)

    def stack(self, seed: int = 1) -> np.ndarray:
        return self.random(STACK_COUNT, self.size, self.size, seed=seed)


def serve(details: dict[str, object], find: Callable[[str, Operands], Operation | None]) -> None:
    """Answer requests until the end of standard input; `find` returns an operation, or None."""
    print(json.dumps({"ready": True, **details}), flush=True)
    work, operation, batch = [], None, 1
    for line in sys.stdin:
        *wanted, seconds = line.split()
        if wanted != work:
            # Free the operands of the last operation first.
            work, operation = wanted, None
            operation = find(work[0], Operands(work[1], int(work[2])))
            if operation:
                # Reading the clock must not count.
                batch = max(1, int(50e-6 / max(timed(1, operation), 1e-9)))
        result = measure(batch, operation, float(seconds)) if operation else None
        print(json.dumps({"seconds": result}), flush=True)


def measure(batch: int, operation: Operation, seconds: float) -> float:
    """Return the seconds of one call, the median over as many batches as fit in `seconds`."""
    times = []
    total = 0.0
    while not times or total < seconds:
        taken = timed(batch, operation)
        times.append(taken / batch)
        total += taken
    return statistics.median(times)


def timed(calls: int, operation: Operation) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        operation()
    return time.perf_counter() - start
