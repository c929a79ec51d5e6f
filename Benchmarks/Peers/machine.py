"""The machine: its processors, the load by other programs, and binding to processors."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

# The prefixes of environment variables that affect a contender.
INFLUENCES = (
    "OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "GOTO_", "LANGEVIN_", "XLA_", "JAX_", "TORCH",
    "PYTORCH_", "ATEN_", "DNNL_", "ONEDNN_", "PYTHON", "LD_PRELOAD", "MALLOC_")

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def clean_environment() -> tuple[dict[str, str], list[str]]:
    """Return the environment without variables that affect contenders, and the names of those removed."""
    removed = sorted(name for name in os.environ if name.startswith(INFLUENCES))
    kept = {name: value for name, value in os.environ.items() if name not in removed}
    return kept, removed


def processors() -> list[int]:
    """Return the processors that this process may use."""
    return sorted(os.sched_getaffinity(0))


def processor_name() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def vector_instructions() -> str:
    """Return the widest vector instructions of the processor."""
    flags: set[str] = set()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith(("flags", "Features")):
            flags = set(line.split(":", 1)[1].split())
            break
    names = {"avx512f": "AVX-512", "avx2": "AVX2", "sse2": "SSE2", "sve": "SVE", "asimd": "NEON"}
    return next((name for flag, name in names.items() if flag in flags), "unknown instructions")


@contextmanager
def bound_to(chosen: list[int]) -> Iterator[None]:
    """Bind processes started in the body to the `chosen` processors."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, chosen)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Watch:
    """Measures the processor time of other programs during the turns of contenders."""

    def __init__(self) -> None:
        self.capacity = 0.0
        self.others = 0.0
        self.stolen = 0.0

    @contextmanager
    def over(self, workers: Iterable[int]) -> Iterator[None]:
        """Watch the body; the time of this process, its children and `workers` counts as own time."""
        workers = list(workers)
        start, busy, stolen, own = time.monotonic(), *system_seconds(), own_seconds(workers)
        yield
        now_busy, now_stolen = system_seconds()
        self.capacity += (time.monotonic() - start) * (os.cpu_count() or 1)
        self.others += max(0.0, now_busy - busy - (own_seconds(workers) - own))
        self.stolen += now_stolen - stolen

    def warnings(self) -> list[str]:
        if self.capacity == 0:
            return []
        found = []
        if self.others > 0.03 * self.capacity:
            found.append(
                f"the machine was busy: other programs took {self.others / self.capacity:.0%} of "
                "the processor time; trust ratios more than times")
        if self.stolen > 0.02 * self.capacity:
            found.append(
                f"the host of this virtual machine took {self.stolen / self.capacity:.0%} of "
                "the processor time; trust ratios more than times")
        return found


def system_seconds() -> tuple[float, float]:
    """Return the busy processor seconds, and those that the host took, since boot."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, soft, stolen = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + soft) / TICKS_PER_SECOND, stolen / TICKS_PER_SECOND


def own_seconds(workers: list[int]) -> float:
    """Return the processor seconds of this process, its ended children, and `workers`."""
    total = sum(os.times()[:4])
    for worker in workers:
        try:
            text = Path(f"/proc/{worker}/stat").read_text(encoding="utf-8")
        except FileNotFoundError:
            continue  # It has ended and counts among the children.
        # The name in brackets may contain anything; the 12th to 15th fields after it are times.
        fields = text.rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / TICKS_PER_SECOND
    return total
