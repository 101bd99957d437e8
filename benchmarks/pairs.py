"""Pairs of runs: two ways to the same result, run in turns, so that a busy moment meets both."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """A function of a module that is run as a process: `module:function`, with arguments.

    `says_seconds` where the process times one step itself and prints the seconds; else all of it counts,
    from start to end.
    """

    what: str
    arguments: tuple[str, ...] = ()
    says_seconds: bool = False

    def once(self, cache: Path) -> tuple[float, bytes]:
        """Runs it; gives the seconds and what it printed."""
        module, _, function = self.what.partition(":")
        # Both sides are started alike, and both from compiled modules, as if they were installed.
        command = [sys.executable, "-c", f"from {module} import {function} as main; main()", *self.arguments]
        begun = time.perf_counter()
        done = subprocess.run(command, env=_environment(cache), cwd=ROOT, capture_output=True, check=False)
        seconds = time.perf_counter() - begun
        if done.returncode:
            raise SystemExit(
                f"{self.what} {' '.join(self.arguments)}\n{done.stderr.decode('utf-8', 'replace')}"
            )
        return (float(done.stdout) if self.says_seconds else seconds), done.stdout


def _environment(cache: Path) -> dict[str, str]:
    ours = {"PYTHONDONTWRITEBYTECODE", "ORGMODEL_GRAPH", "COLUMNS", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(cache), "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Spread:
    """The median of some numbers, with the smallest and the largest."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, numbers: list[float]) -> Spread:
        return cls(median(numbers), min(numbers), max(numbers))


@dataclass(frozen=True)
class Comparison:
    """What came out: seconds of both sides, and how they stand to each other, pair by pair."""

    runs: int
    ours: Spread
    plain: Spread
    ratio: Spread
    difference: Spread


def compare(
    ours: Run, plain: Run, runs: int, cache: Path, check: Callable[[bytes, bytes], bool] | None = None
) -> Comparison:
    """Runs both once to warm up, then in turns.

    Args:
        ours: The library's way.
        plain: The way without it.
        runs: How many pairs.
        cache: Where compiled modules are kept.
        check: Whether the two printed what they should; it sees what was printed at the warm-up.
    """
    printed = ours.once(cache)[1], plain.once(cache)[1]
    if check is not None and not check(*printed):
        raise SystemExit(f"{ours.what} and {plain.what} do not print the same")
    pairs = [(ours.once(cache)[0], plain.once(cache)[0]) for _ in range(runs)]
    return Comparison(
        runs,
        Spread.of([one for one, _ in pairs]),
        Spread.of([other for _, other in pairs]),
        Spread.of([one / other for one, other in pairs]),
        Spread.of([one - other for one, other in pairs]),
    )


def written(spread: Spread) -> str:
    """A spread as the tables have it."""
    return f"{figure(spread.middle)} ({figure(spread.least)} to {figure(spread.most)})"


def figure(number: float) -> str:
    """A number with about three digits that count."""
    if abs(number) < 0.1:
        return f"{number:.4f}"
    return f"{number:.3f}" if abs(number) < 1 else f"{number:.2f}"
