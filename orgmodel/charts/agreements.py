"""The agreements chart: boards and the agreements between them, across partnerships.

An agreement of two is a line between them; one of more is a box of its own, with a line from each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgmodel.charts import captions
from orgmodel.charts.boxes import titled
from orgmodel.charts.chosen import NO_PARTNERSHIP, whole_of
from orgmodel.charts.connections import agreement_line, agreement_said, agreement_status, party_line
from orgmodel.charts.drawing import Band, Drawing
from orgmodel.charts.shown import Shown, remark
from orgmodel.charts.tiers import rows_of
from orgmodel.dates import day_in_words
from orgmodel.errors import ChartError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgmodel.charts.drawing import Box, BoxKind, Line
    from orgmodel.model import Node
    from orgmodel.structure import Structure

_KINDS: Final[Mapping[str, BoxKind]] = {"Partnership": "partnership", "Organisation": "organisation"}
_ORGANISATIONS: Final = "Organisations"
_OF_SEVERAL: Final = "Agreements of three or more"
_PAIR: Final = 2


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
        self.of_several: list[Box] = []
        self.home: dict[str, str | None] = {}
        for agreement in sorted(structure.labelled("Agreement"), key=lambda node: (node.name, node.id)):
            everybody = {line.from_id for line in structure.inward(agreement.id, "PARTY_TO")}
            home = {i: whole_of(structure, i) for i in everybody if self.node(i).term == "Body"}
            ours = about is None or about.id in everybody or about.id in home.values()
            if ours and self.certain(agreement):
                self.home |= home
                self._take(agreement)

    def _take(self, agreement: Node) -> None:
        parties = self.inward(agreement.id, "PARTY_TO")
        if len(parties) < _PAIR:
            self.of_one.append(agreement.name)
            return
        self.use(agreement)
        self.parties |= {party.id: party for _, party in parties}
        if len(parties) == _PAIR:
            mark = str(len(self.key) + 1)
            self.key.append((mark, "; ".join([agreement_said(agreement), *_dates(agreement)])))
            one, two = (line for line, _ in parties)
            self.lines.append(agreement_line(self, agreement, one, two, mark))
        else:
            details = [f"{agreement_status(agreement)}{remark(agreement)}", *_dates(agreement)]
            said = [*details, f"{len(parties)} parties"]
            self.of_several.append(
                titled(agreement, "agreement", [captions.begun(one) for one in details], said)
            )
            self.lines += [party_line(self, agreement, line) for line, _ in parties]

    def bands(self) -> tuple[Band, ...]:
        """A band for each partnership with a party, then one for those without; first what several agree."""
        groups: dict[str, list[Box]] = {}
        for party in sorted(self.parties.values(), key=lambda node: (node.name, node.id)):
            whole = party.id if party.term == "Partnership" else self.home.get(party.id)
            without = _ORGANISATIONS if party.term == "Organisation" else NO_PARTNERSHIP
            name = self.node(whole).name if whole else without
            kind: BoxKind = _KINDS.get(party.term, "outside" if whole is None else "body")
            groups.setdefault(name, []).append(titled(party, kind))
        names = sorted(groups, key=lambda name: (name == _ORGANISATIONS, name == NO_PARTNERSHIP, name))
        bands = [Band(name, tuple(rows_of(groups[name]))) for name in names]
        several = [Band(_OF_SEVERAL, tuple(rows_of(self.of_several)))] if self.of_several else []
        return (*several, *bands)

    def alone(self) -> str:
        """Agreements that no line can be drawn for."""
        why = "Not drawn, for want of two parties that can be read in one way only"
        return captions.ended(f"{why}: {'; '.join(self.of_one)}") if self.of_one else ""


def _dates(agreement: Node) -> list[str]:
    """When an agreement was signed and is due for review."""
    found = (("signed_date", "signed"), ("review_date", "due for review"))
    return [f"{words} {day_in_words(str(day))}" for name, words in found if (day := agreement.get(name))]
