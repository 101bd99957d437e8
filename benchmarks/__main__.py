"""Runs all benchmarks and writes results.md, growth.svg and server-growth.svg."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from operator import eq
from pathlib import Path
from statistics import median

from benchmarks import server
from benchmarks.growth import COPIES, plot
from benchmarks.pairs import Comparison, Run, Spread, compare
from benchmarks.preparation import BODY, QUESTION, prepare, write_copies

HERE = Path(__file__).parent
PARTS = ("commands", "growth", "server")
DATASETS = ("data/dudley", "data/shropshire")
LIBRARIES = ("click", "kglite", "neo4j", "neo4j-rust-ext", "pydantic", "pygraphviz", "PyYAML", "rich")
INTRODUCTION = "Seconds: median (smallest to largest). [How this is measured](README.md)."


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=15, help="pairs of runs for each comparison (%(default)s)"
    )
    parser.add_argument("--growth-runs", type=int, default=3, help="pairs for each size (%(default)s)")
    parser.add_argument("--server-rounds", type=int, default=5, help="rounds of loads (%(default)s)")
    parser.add_argument("--only", choices=PARTS, action="append", help="run one part, write no file")
    chosen = parser.parse_args()
    text = ["# Results\n", f"{INTRODUCTION}\n", f"{_machine()}\n"]
    grown: dict[int, Comparison] = {}
    loads: dict[int, server.Loads] = {}
    parts = chosen.only or PARTS
    with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
        folder = Path(name)
        if "commands" in parts:
            prepare(folder)
            text.append(_commands(folder, chosen.runs))
        if "growth" in parts:
            grown = _growth(folder, chosen.growth_runs)
            text.append(_growth_table(grown))
    if "server" in parts:
        tables, loads = server.report(chosen.server_rounds)
        text.append(tables)
    print("\n".join(text))
    if not chosen.only:
        (HERE / "results.md").write_text("\n".join(text), encoding="utf-8")
        (HERE / "growth.svg").write_text(_plot_of_copies(grown), encoding="utf-8")
        (HERE / "server-growth.svg").write_text(_plot_of_loads(loads), encoding="utf-8")


def _machine() -> str:
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}."
    )


def _commands(folder: Path, runs: int) -> str:
    cache, prepared = folder / "compiled", str(folder)
    lines = [
        "## Commands and steps\n",
        "| what | ours | plain | ours against plain | goal | reached | runs |",
        "|---|---|---|---|---|---|---|",
    ]

    def add(what: str, found: Comparison, goal: float, *, in_seconds: bool = False) -> None:
        measured = found.difference if in_seconds else found.ratio
        unit = " s more" if in_seconds else " times"
        reached = "yes" if measured.middle <= goal else "no"
        cells = (
            what,
            _spread(found.ours),
            _spread(found.plain),
            f"{_spread(measured)}{unit}",
            f"{goal}{unit}",
            reached,
            str(found.runs),
        )
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr)

    ask = Run("orgmodel.cli:main", ("ask", QUESTION, BODY))
    by_hand = Run("benchmarks.baselines.ask:main", (prepared, *DATASETS))
    add(f"`orgmodel ask {QUESTION} {BODY}`", compare(ask, by_hand, runs, cache, eq), 1.5)

    say_help, bare = Run("orgmodel.cli:main", ("--help",)), Run("benchmarks.baselines.bare:main")
    add("`orgmodel --help`", compare(say_help, bare, runs, cache), 0.1, in_seconds=True)

    for form in ("png", "svg"):
        command = ("chart", "governance", "-g", DATASETS[0], "-o")
        chart = Run("orgmodel.cli:main", (*command, str(folder / f"ours.{form}")))
        drawn = Run("benchmarks.baselines.draw:main", (prepared, str(folder / f"plain.{form}")))
        add(f"`orgmodel {' '.join(command)} chart.{form}`", compare(chart, drawn, runs, cache), 2.0)

    fill = Run("benchmarks.steps:fill", (prepared,), says_seconds=True)
    plainly = Run("benchmarks.baselines.fill:main", (prepared,), says_seconds=True)
    add("filling the embedded store", compare(fill, plainly, runs, cache), 1.3)
    return "\n".join(lines) + "\n"


def _growth(folder: Path, runs: int) -> dict[int, Comparison]:
    found = {}
    for count in COPIES:
        dataset = folder / f"copies-{count}"
        write_copies(count, dataset)
        ours = Run("benchmarks.steps:read_and_fill", (str(dataset),), says_seconds=True)
        plain = Run("benchmarks.baselines.parse:main", (str(dataset),), says_seconds=True)
        found[count] = compare(ours, plain, runs, folder / "compiled")
        print(f"{count} copies: {_spread(found[count].ratio)} times", file=sys.stderr)
    return found


def _growth_table(grown: dict[int, Comparison]) -> str:
    lines = [
        "## Growth: reading a dataset and filling the embedded store\n",
        "![Seconds against copies of the dataset](growth.svg)\n",
        "| copies | ours | ours, a copy | plain parser | ours against plain | runs |",
        "|---|---|---|---|---|---|",
    ]
    for count, found in grown.items():
        cells = (
            str(count),
            _spread(found.ours),
            _figure(found.ours.middle / count),
            _spread(found.plain),
            f"{_spread(found.ratio)} times",
            str(found.runs),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _plot_of_copies(grown: dict[int, Comparison]) -> str:
    lines = {
        "reading and filling": {count: found.ours.middle for count, found in grown.items()},
        "plain parser": {count: found.plain.middle for count, found in grown.items()},
    }
    return plot(lines, "copies of the dataset", "Seconds that reading and filling take, and the plain parser")


def _plot_of_loads(loads: dict[int, server.Loads]) -> str:
    lines = {
        "first load": {size: median(m.seconds for m in found.first) for size, found in loads.items()},
        "plain script": {size: median(m.seconds for m in found.plain) for size, found in loads.items()},
        "nothing changed": {size: median(m.seconds for m in found.again) for size, found in loads.items()},
    }
    for question in server.PLOTTED:
        lines[question] = {
            size: median(one.ours for one in found.questions[question]) for size, found in loads.items()
        }
    return plot(lines, "partnerships", "Seconds that loads and questions take on a Neo4j server")


def _spread(spread: Spread) -> str:
    return f"{_figure(spread.middle)} ({_figure(spread.least)} to {_figure(spread.most)})"


def _figure(number: float) -> str:
    return f"{number:.3f}" if abs(number) < 1 else f"{number:.2f}"


if __name__ == "__main__":
    main()
