"""Runs all benchmarks and writes benchmarks/results.md and benchmarks/growth.svg."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from operator import eq
from pathlib import Path

from benchmarks.growth import COPIES, plot
from benchmarks.pairs import Comparison, Run, Spread, compare
from benchmarks.preparation import BODY, QUESTION, prepare, write_copies

HERE = Path(__file__).parent
DATASETS = ("data/dudley", "data/shropshire")
LIBRARIES = ("click", "kglite", "pydantic", "pygraphviz", "PyYAML", "rich")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=15, help="pairs of runs for each comparison (%(default)s)"
    )
    parser.add_argument("--growth-runs", type=int, default=3, help="pairs for each size (%(default)s)")
    parser.add_argument("--only", choices=["commands", "growth"], help="run one half; nothing is written")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
        folder = Path(name)
        prepare(folder)
        text = [f"{_machine()}\n"]
        if chosen.only != "growth":
            text.append(_commands(folder, chosen.runs))
        if chosen.only != "commands":
            grown = _growth(folder, chosen.growth_runs)
            text.append(_growth_table(grown))
    print("\n".join(text))
    if not chosen.only:
        introduction = (HERE / "introduction.md").read_text(encoding="utf-8")
        (HERE / "results.md").write_text("\n".join([introduction, *text]), encoding="utf-8")
        (HERE / "growth.svg").write_text(plot(grown), encoding="utf-8")


def _machine() -> str:
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}."
    )


def _commands(folder: Path, runs: int) -> str:
    cache, prepared = folder / "compiled", str(folder)
    lines = [
        "## Commands\n",
        "| what | ours, s | plain, s | ours to plain | goal | runs |",
        "|---|---|---|---|---|---|",
    ]

    def add(what: str, goal: str, found: Comparison, *, difference: bool = False) -> None:
        measured = found.difference if difference else found.ratio
        ratio = f"+{_spread(measured)} s" if difference else f"{_spread(measured)} x"
        cells = what, _spread(found.ours), _spread(found.plain), ratio, goal, str(found.runs)
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr)

    asked = Run("orgmodel.cli:main", ("ask", QUESTION, BODY))
    by_hand = Run("benchmarks.baselines.ask:main", (prepared, *DATASETS))
    add(f"`orgmodel ask {QUESTION} {BODY}`", "at most 1.5 x", compare(asked, by_hand, runs, cache, eq))
    helped = compare(
        Run("orgmodel.cli:main", ("--help",)), Run("benchmarks.baselines.bare:main"), runs, cache
    )
    add("`orgmodel --help`", "at most +0.1 s", helped, difference=True)
    for form in ("png", "svg"):
        picture = str(folder / f"ours.{form}"), str(folder / f"plain.{form}")
        charted = Run("orgmodel.cli:main", ("chart", "governance", "-g", DATASETS[0], "-o", picture[0]))
        drawn = Run("benchmarks.baselines.draw:main", (prepared, picture[1]))
        add(
            f"`orgmodel chart governance -g {DATASETS[0]} -o chart.{form}`",
            "at most 2 x",
            compare(charted, drawn, runs, cache),
        )
    filled = Run("benchmarks.steps:fill", (prepared,), says_seconds=True)
    plainly = Run("benchmarks.baselines.fill:main", (prepared,), says_seconds=True)
    add("filling the embedded store", "at most 1.3 x", compare(filled, plainly, runs, cache))
    return "\n".join(lines) + "\n"


def _growth(folder: Path, runs: int) -> dict[int, Comparison]:
    found = {}
    for count in COPIES:
        dataset = folder / f"copies-{count}"
        write_copies(count, dataset)
        ours = Run("benchmarks.steps:read_and_fill", (str(dataset),), says_seconds=True)
        plain = Run("benchmarks.baselines.parse:main", (str(dataset),), says_seconds=True)
        found[count] = compare(ours, plain, runs, folder / "compiled")
        print(f"{count} copies: {_spread(found[count].ratio)} x", file=sys.stderr)
    return found


def _growth_table(grown: dict[int, Comparison]) -> str:
    lines = [
        "## Growth\n",
        "| copies | reading and filling, s | plain parser, s | ours to plain | ours for each copy, s | runs |",
        "|---|---|---|---|---|---|",
    ]
    for count, found in grown.items():
        each = f"{found.ours.middle / count:.3f}"
        cells = (
            str(count),
            _spread(found.ours),
            _spread(found.plain),
            f"{_spread(found.ratio)} x",
            each,
            str(found.runs),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _spread(spread: Spread) -> str:
    return f"{_figure(spread.middle)} ({_figure(spread.least)} to {_figure(spread.most)})"


def _figure(number: float) -> str:
    return f"{number:.3f}" if number < 1 else f"{number:.2f}"


if __name__ == "__main__":
    main()
