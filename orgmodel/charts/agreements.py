"""The agreements chart: boards and the agreements between them, across partnerships."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import titled
from orgmodel.charts.chosen import whole_of
from orgmodel.charts.connections import agreement_line, agreement_said
from orgmodel.charts.drawing import Band, Drawing
from orgmodel.charts.shown import Shown
from orgmodel.charts.tiers import rows_of
from orgmodel.dates import day_in_words
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Box, BoxKind, Line
    from orgmodel.model import Node
    from orgmodel.structure import Structure

_KINDS: Final[Mapping[str, BoxKind]] = {"Partnership": "partnership", "Organisation": "organisation"}
_NO_PARTNERSHIP: Final = "Partnership not stated"


def agreements(structure: Structure, partnership: str | None = None) -> Drawing:
    """What the chart of agreements shows.

    Args:
        structure: What holds on the day of the chart, from `Structure.as_of`.
        partnership: The id or a name of a partnership: only its agreements; None: all of them.

    Raises:
        ChartError: No agreement between two or more is known on that day.
        NameNotFoundError: No partnership has that name.
        AmbiguousNameError: Several have it.
    """
    about = None if partnership is None else structure.find(partnership, "Partnership")
    found = _Agreements(structure, about)
    if not found.lines:
        of = "" if about is None else f" of {shown(about.name)}"
        hint = "those known can be read in two ways" if found.ambiguous else "give another day"
        raise ChartError(f"no agreement{of} between two parties is known on {structure.day}: {hint}")
    whole = about or structure.labelled("Agreement")[0]
    return Drawing(
        "agreements" if about is None else f"agreements-{about.id}",
        "Agreements between boards" if about is None else f"{about.name}: agreements",
        captions.subtitle(structure, whole),
        found.bands(),
        tuple(found.lines),
        tuple(found.key),
        found.notes(whole, found.alone()),
        key_of="Agreement",
        bands_are="Partnerships",
    )


class _Agreements(Shown):
    def __init__(self, structure: Structure, about: Node | None) -> None:
        super().__init__(structure)
        self.lines: list[Line] = []
        self.key: list[tuple[str, str]] = []
        self.parties: dict[str, Node] = {}
        self.of_one: list[str] = []
        self.home = {node.id: whole_of(structure, node.id) for node in structure.labelled("Body")}
        for agreement in sorted(structure.labelled("Agreement"), key=lambda node: (node.name, node.id)):
            everybody = structure.inward(agreement.id, "PARTY_TO")
            ours = about is None or any(
                line.from_id == about.id or self.home.get(line.from_id) == about.id for line in everybody
            )
            if ours and self.certain(agreement):
                self._take(agreement)

    def _take(self, agreement: Node) -> None:
        parties = self.inward(agreement.id, "PARTY_TO")
        if len(parties) < 2:  # noqa: PLR2004 - two make an agreement
            self.of_one.append(agreement.name)
            return
        self.use(agreement)
        mark = str(len(self.key) + 1)
        self.key.append((mark, _said(agreement)))
        for (one, party), (two, other) in combinations(parties, 2):
            self.parties |= {party.id: party, other.id: other}
            self.lines.append(agreement_line(self, agreement, one, two, mark))

    def bands(self) -> tuple[Band, ...]:
        """A band for each partnership with a party, those without one last."""
        groups: dict[str, list[Box]] = {}
        for party in sorted(self.parties.values(), key=lambda node: (node.name, node.id)):
            whole = party.id if party.term == "Partnership" else self.home.get(party.id)
            name = _NO_PARTNERSHIP if whole is None else self.node(whole).name
            kind: BoxKind = _KINDS.get(party.term, "outside" if whole is None else "body")
            groups.setdefault(name, []).append(titled(party, kind))
        names = sorted(groups, key=lambda name: (name == _NO_PARTNERSHIP, name))
        return tuple(Band(name, tuple(rows_of(groups[name]))) for name in names)

    def alone(self) -> str:
        """Agreements that no line can be drawn for."""
        names = "; ".join(self.of_one)
        return (
            f"Not drawn, for want of two parties that can be read in one way only: {names}." if names else ""
        )


def _said(agreement: Node) -> str:
    """An agreement in the key: its name, its status, when it was signed and is due for review."""
    said = agreement_said(agreement)
    for name, words in (("signed_date", "signed"), ("review_date", "due for review")):
        if day := agreement.get(name):
            said += f"; {words} {day_in_words(str(day))}"
    return said
