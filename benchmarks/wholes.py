"""The benchmarks of what looks at all there is: every check, and differences, of structures of any size."""

from __future__ import annotations

import pickle
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.england import england, with_some_changed
from benchmarks.growth import plot
from benchmarks.pairs import Run, compare, figure, written
from orgmodel.datasets import yaml_writing

if TYPE_CHECKING:
    from benchmarks.pairs import Comparison

SIZES = (1, 5, 25, 150, 750)
PARSED = 150
"""Up to this size the files are written and parsed; beyond, only the library is timed."""

GOAL = 3.0
STEPS = {
    "check": "all checks of all packs",
    "diff_of_days": "diff of two days",
    "diff_of_sources": "diff of two structures",
}


def report(runs: int) -> tuple[str, str]:
    """What the table says, and the plot.

    Args:
        runs: Pairs of runs for each size.
    """
    found: dict[int, tuple[dict[str, Comparison], str]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="orgmodel-benchmarks-") as name:
            found[size] = _measure(size, runs if size <= PARSED else 1, Path(name))
    return shown(found)


def shown(found: dict[int, tuple[dict[str, Comparison], str]]) -> tuple[str, str]:
    """What the table says, and the plot.

    Args:
        found: For each size what each step took, and how large it is.
    """
    lines = [
        "# Looking at all there is: every check, and differences\n",
        "![Seconds that every check and differences take against partnerships](wholes.svg)\n",
        f"| partnerships | what | ours | plain parser | ours against plain | goal {GOAL} | runs |",
        "|---|---|---|---|---|---|---|",
    ]
    for size, (steps, counts) in found.items():
        for step, compared in steps.items():
            parsed = size <= PARSED
            cells = (
                f"{size} ({counts})",
                STEPS[step],
                written(compared.ours),
                written(compared.plain) if parsed else "",
                f"{written(compared.ratio)} times" if parsed else "",
                # The goal is for England; what is small takes as long as the packs take to be read.
                ("yes" if compared.ratio.middle <= GOAL else "no") if size == PARSED else "",
                str(compared.runs),
            )
            lines.append(f"| {' | '.join(cells)} |")
    drawn = {
        what: {size: steps[step].ours.middle for size, (steps, _) in found.items()}
        for step, what in STEPS.items()
    }
    title = "Seconds that every check and differences take"
    return "\n".join(lines) + "\n", plot(drawn, "partnerships", title)


def _measure(size: int, runs: int, folder: Path) -> tuple[dict[str, Comparison], str]:
    structure = england(size)
    for name, one in (("structure", structure), ("changed", with_some_changed(structure))):
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(one))
    counts = f"{len(structure.nodes):,} nodes, {len(structure.relationships):,} relationships"
    plain = Run("benchmarks.steps:nothing", (), says_seconds=True)
    if size <= PARSED:
        yaml_writing.write(structure, folder / "files")
        plain = Run("benchmarks.baselines.parse:main", (str(folder / "files"),), says_seconds=True)
    del structure
    found = {}
    for step, what in STEPS.items():
        ours = Run(f"benchmarks.steps:{step}", (str(folder),), says_seconds=True)
        found[step] = compare(ours, plain, runs, folder / "compiled")
        print(
            f"{size} partnerships, {what}: {written(found[step].ours)} s, "
            f"{figure(found[step].ratio.middle)} times",
            file=sys.stderr,
        )
    return found, counts
