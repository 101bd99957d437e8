"""Names: which thing somebody means by an id, a name, a short name or another name in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from orgmodel.errors import AmbiguousNameError, NameNotFoundError, bare, nearest
from orgmodel.vocabulary import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that can be meant: its id, its label, what it is called."""

    id: str
    label: str
    name: str
    others: tuple[str, ...] = ()


_FEW = 4
"""More labels than so many are not listed in a message."""


def _folded(text: str) -> str:
    # A Mac may write an accented letter as two characters where Windows writes one.
    return normalize("NFC", " ".join(text.split()).casefold())


class Names:
    """An index of everything by id and by every name; letter case and runs of spaces do not matter."""

    def __init__(self, things: Iterable[Named]) -> None:
        self._by_id: dict[str, Named] = {}
        self._by_name: dict[str, list[Named]] = {}
        for thing in things:
            self._by_id[thing.id] = thing
            for spelling in {_folded(text) for text in (thing.name, *thing.others)}:
                self._by_name.setdefault(spelling, []).append(thing)

    def __iter__(self) -> Iterator[Named]:
        return iter(self._by_id.values())

    def find(self, text: str, labels: Collection[str] = ()) -> Named:
        """The one thing that a text means.

        Args:
            text: An id, name, short name or alias. An id goes before a name.
            labels: What it may be; empty: anything.

        Raises:
            NameNotFoundError: Nothing has that name; the error has the nearest ones.
            AmbiguousNameError: Several things have it; the error has their ids.
        """
        by_id = self._by_id.get(text) or self._by_id.get(_folded(text))
        if by_id is not None and (not labels or by_id.label in labels):
            return by_id
        named = self._by_name.get(_folded(text), ())
        found = [t for t in named if not labels or t.label in labels]
        # A seat is worded after whom it is for: it is meant only where nothing else has the name.
        found = [t for t in found if t.label != "Seat"] or found
        if len(found) == 1:
            return found[0]
        if found:
            found.sort(key=lambda t: t.id)
            described = [f"{bare(t.id)} ({t.label} {bare(t.name)})" for t in found]
            raise AmbiguousNameError(text, [t.id for t in found], described)
        other = by_id or next((t for t in named if t.label != "Seat"), None)
        if other is not None:
            instead = f"{bare(other.id)} has that name, but it is one of {NODE_TYPES[other.label].collection}"
            raise NameNotFoundError(text, self._wanted(labels), [], instead)
        raise NameNotFoundError(text, self._wanted(labels), self._nearest(text, labels))

    @staticmethod
    def _wanted(labels: Collection[str]) -> str:
        return " or ".join(sorted(labels)) if 0 < len(labels) <= _FEW else "thing called"

    def _nearest(self, text: str, labels: Collection[str]) -> Sequence[str]:
        spellings = {
            spelling: thing.id
            for thing in self._by_id.values()
            if thing.label != "Seat" and (not labels or thing.label in labels)
            for spelling in (thing.id, thing.name, *thing.others)
        }
        found: dict[str, None] = {}
        for spelling in nearest(text, spellings, 5):
            found.setdefault(spellings[spelling])
        return list(found)[:3]
