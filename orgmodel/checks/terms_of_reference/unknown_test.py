"""A requirement names a rule that there is not, so that nothing tests it.

A rule of a pack that does not travel with orgmodel is taken to be the reader's own.

Severity: warning.
Authority: The dataset itself, which says that the requirement is tested.
Mend: Write `tested_by` as `pack/rule`, as `orgmodel check --list` has it, or take it away where there is no
  such rule.

$as_of: Date = today. The day asked about.

subject_id, subject: The requirement.
message: What it names, and what may be meant.
certainty: How sure the requirement is.
citations: Where it is taken from; a list.

Sorted by subject_id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.checks.rows import Row, row
from orgmodel.errors import nearest, shown
from orgmodel.model import is_identifier
from orgmodel.resources import queries_folder

if TYPE_CHECKING:
    from orgmodel.structure import Structure


def findings(structure: Structure, *, as_of: str) -> list[Row]:
    """The requirements that hold on the day and name no rule."""
    found: list[Row] = []
    for requirement in structure.labelled("Requirement"):
        named = requirement.get("tested_by")
        if named and structure.holdings[requirement.id].on(as_of) and (wrong := _wrong(str(named))):
            found.append(row(requirement, f"is to be tested by {shown(str(named))}, {wrong}", [requirement]))
    return sorted(found)


def _wrong(named: str) -> str | None:
    """What is wrong with the name of a rule; None where nothing is."""
    pack, _, rule = named.partition("/")
    if not (is_identifier(pack) and is_identifier(rule)):
        return "which is no rule: a rule is named `pack/rule`"
    # Most names are right, and to read all packs takes longer than the other rules of this one.
    if (queries_folder() / "checks" / pack / f"{rule}.cypher").is_file():
        return None
    from orgmodel.checks.packs import load

    packs = load()
    if pack not in packs:
        meant = nearest(pack, packs, 1)
        return f"and there is no such pack; did you mean {shown(meant[0])}?" if meant else None
    if named in packs[pack].rules:
        return None
    meant = [f"{pack}/{name}" for name in nearest(rule, [r.rpartition("/")[2] for r in packs[pack].rules], 1)]
    hint = f"; did you mean {shown(meant[0])}?" if meant else ""
    return f"and there is no such rule{hint}"
