"""What is said around a chart: the day it is of, its sources, what is old or open, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmodel.dates import day_in_words
from orgmodel.holding import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgmodel.model import Entity, Node
    from orgmodel.structure import Structure


def begun(text: str) -> str:
    """A text as a line begins with it: its first letter is a capital, the others stay.

    >>> begun("signed by the CCG")
    'Signed by the CCG'
    """
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """A text as a sentence ends: with one full stop, also after an abbreviation.

    >>> ended("Sources: Terms of Safe & Co."), ended("Sources: Terms")
    ('Sources: Terms of Safe & Co.', 'Sources: Terms.')
    """
    return text if text.endswith(".") else f"{text}."


def enumerated(words: Sequence[str]) -> str:
    """Words as a sentence counts them up.

    >>> enumerated(["legend", "key", "notes"]), enumerated(["notes"])
    ('legend, key and notes', 'notes')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def listed(names: Sequence[str], most: int = 40) -> str:
    """Names as a sentence has them; of more than so many the first, and how many more there are.

    >>> listed(["LIG", "DSCPG", "DSAPG"], 2), listed(["LIG", "DSCPG"], 2)
    ('LIG, DSCPG and 1 more', 'LIG, DSCPG')
    """
    more = len(names) - most
    return enumerated([*names[:most], f"{more} more"]) if more > 0 else ", ".join(names)


def role(name: str) -> str:
    """A role on a body, as it is written in a sentence.

    >>> role("vice-chair"), role("in-attendance")
    ('vice-chair', 'in attendance')
    """
    return name if name.endswith("-chair") else name.replace("-", " ")


def subtitle(structure: Structure, about: Node) -> str:
    """The day of a chart, and the edition of that day of a dataset of what it is about, if there is one."""
    said = f"as of {day_in_words(str(structure.day))}"
    own = [dataset for dataset in structure.datasets if dataset.id in about.datasets]
    for edition in (edition for dataset in own for edition in dataset.editions):
        if edition.name and structure.date_of(edition.id) == structure.day:
            return f"{edition.name}; {said}"
    return f"A{said[1:]}"


def sources(structure: Structure, facts: Iterable[Entity]) -> str:
    """The sources that some facts are taken from."""
    cited = sorted({source_of(citation) for fact in facts for citation in fact.citations})
    named = [_titled(structure.nodes[one]) for one in cited if one in structure.nodes]
    return ended(f"Sources: {'; '.join(named)}") if named else ""


def _titled(source: Node) -> str:
    if not source.get("published"):
        return f"{source.name} (undated)"
    year = str(source.get("published"))[:4]
    return source.name if year in source.name else f"{source.name} ({year})"


def undated(day: str) -> str:
    """By what something is named that has no date; `day` is the earliest that it can have, in words."""
    return f"by an undated source, {day} at the earliest"


def _is_dated(structure: Structure, node: Node, last: str) -> bool:
    sources = [structure.nodes.get(source_of(citation)) for citation in node.citations]
    return any(source and source.get("published") == last for source in sources)


def last_named_in(structure: Structure, node: Node) -> str:
    """When the last source that names a node was published, in words; nothing, where none has a date."""
    last = structure.holdings[node.id].last_seen
    if not last:
        return ""
    said = day_in_words(last)
    return said if _is_dated(structure, node, last) else undated(said)


def last_named(structure: Structure, nodes: Iterable[Node]) -> str:
    """Which of some nodes no source has named for a year or more before the day of the chart."""
    seen: dict[tuple[str, bool], list[str]] = {}
    for node in nodes:
        last = structure.holdings[node.id].last_seen
        if last and last[:4] < str(structure.day)[:4]:
            key = last[:4], not _is_dated(structure, node, last)
            seen.setdefault(key, []).append(node.known_as)
    said = "; ".join(
        f"in {year} {'at the earliest, by an undated one, ' if no_date else ''}{listed(names)}"
        for (year, no_date), names in sorted(seen.items())
    )
    return ended(f"Last named by a source: {said}") if said else ""


def left_out(count: int) -> str:
    """How many facts are not drawn since they can be read in two ways."""
    return (
        f"Left out: {count} {'facts' if count > 1 else 'fact'} that can be read in two ways." if count else ""
    )


def open_questions(structure: Structure, shown: Iterable[str]) -> str:
    """How much of what a reader may ask about the chart the sources do not say, or say in two ways."""
    about = {
        line.from_id
        for node in shown
        for line in structure.inward(node, "CONCERNS")
        if structure.nodes[line.from_id].term == "Issue"
    }
    kinds = [structure.nodes[one].kind for one in about]
    silent, torn = kinds.count("not-stated"), kinds.count("conflict")
    said = [f"{silent} not answered by the sources"] if silent else []
    said += [f"{torn} answered in two ways"] if torn else []
    return f"Questions about what is shown: {', '.join(said)}; the dataset lists them." if said else ""


def disclaimer(structure: Structure, about: Node) -> str:
    """What the datasets of what a chart is about say for everything that is made from them."""
    own = [d.disclaimer for d in structure.datasets if d.id in about.datasets and d.disclaimer]
    return " ".join(own)


def made(structure: Structure, about: Node) -> str:
    """How a chart was made: by what, and from which datasets."""
    names = " and ".join(dataset.name for dataset in structure.datasets if dataset.id in about.datasets)
    return ended(f"Drawn with orgmodel from the dataset {names}") if names else "Drawn with orgmodel."
