"""Runs all benchmarks, or some parts; of each it writes what it found, and a plot of the growth."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from operator import eq
from pathlib import Path

from benchmarks import asking, charts, loading, wholes
from benchmarks.growth import COPIES, plot
from benchmarks.pairs import Comparison, Run, compare, figure, written
from benchmarks.preparation import BODY, QUESTION, prepare, write_copies

HERE = Path(__file__).parent
PARTS = ("commands", "growth", "wholes", "charts", "loading", "asking")
DATASETS = ("data/dudley", "data/shropshire")
LIBRARIES = ("click", "kglite", "neo4j", "neo4j-rust-ext", "pydantic", "pygraphviz", "PyYAML", "rich")
INTRODUCTION = "Seconds: median (smallest to largest). [How this is measured](README.md)."


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=15, help="pairs of runs for each command and step (%(default)s)"
    )
    parser.add_argument("--growth-runs", type=int, default=3, help="pairs for each size (%(default)s)")
    parser.add_argument("--load-rounds", type=int, default=5, help="rounds of loads (%(default)s)")
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part; may be given again")
    chosen = parser.parse_args()
    for part in chosen.only or PARTS:
        if part == "loading":
            text, picture = loading.report(chosen.load_rounds)
        elif part == "asking":
            text, picture = asking.report()
        elif part == "charts":
            text, picture = charts.report(chosen.growth_runs)
        elif part == "wholes":
            text, picture = wholes.report(chosen.growth_runs)
        else:
            with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
                if part == "commands":
                    text, picture = _commands(Path(name), chosen.runs), ""
                else:
                    text, picture = _growth(Path(name), chosen.growth_runs)
        (HERE / f"{part}.md").write_text(f"{text}\n{INTRODUCTION}\n\n{_machine()}\n", encoding="utf-8")
        if picture:
            (HERE / f"{part}.svg").write_text(picture, encoding="utf-8")


def _machine() -> str:
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}."
    )


def _commands(folder: Path, runs: int) -> str:
    prepare(folder)
    cache, prepared = folder / "compiled", str(folder)
    lines = [
        "# Commands and steps\n",
        "| what | ours | plain | ours against plain | goal | reached | runs |",
        "|---|---|---|---|---|---|---|",
    ]

    def add(what: str, found: Comparison, goal: float, *, in_seconds: bool = False) -> None:
        measured = found.difference if in_seconds else found.ratio
        unit = " s more" if in_seconds else " times"
        reached = "yes" if measured.middle <= goal else "no"
        cells = (
            what,
            written(found.ours),
            written(found.plain),
            f"{written(measured)}{unit}",
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


def _growth(folder: Path, runs: int) -> tuple[str, str]:
    found: dict[int, Comparison] = {}
    for count in COPIES:
        dataset = folder / f"copies-{count}"
        write_copies(count, dataset)
        ours = Run("benchmarks.steps:read_and_fill", (str(dataset),), says_seconds=True)
        plain = Run("benchmarks.baselines.parse:main", (str(dataset),), says_seconds=True)
        found[count] = compare(ours, plain, runs, folder / "compiled")
        print(f"{count} copies: {written(found[count].ratio)} times", file=sys.stderr)
    return _growth_table(found), _plot_of_copies(found)


def _growth_table(grown: dict[int, Comparison]) -> str:
    lines = [
        "# Growth: reading a dataset and filling the embedded store\n",
        "![Seconds against copies of the dataset](growth.svg)\n",
        "| copies | ours | ours, a copy | plain parser | ours against plain | runs |",
        "|---|---|---|---|---|---|",
    ]
    for count, found in grown.items():
        cells = (
            str(count),
            written(found.ours),
            figure(found.ours.middle / count),
            written(found.plain),
            f"{written(found.ratio)} times",
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


if __name__ == "__main__":
    main()
