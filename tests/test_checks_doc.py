"""docs/checks.md: each rule of `orgmodel check`, made from its header.

As a program it writes them into it anew.
"""

from __future__ import annotations

from pathlib import Path

from orgmodel.checks.packs import INSTRUMENTS, Pack, Rule, load
from orgmodel.headers import DATE
from orgmodel.vocabulary import OPEN_END

DOCUMENT = Path(__file__).parent.parent / "docs" / "checks.md"
BEGIN, END = "<!-- written by tests/test_checks_doc.py -->\n", "<!-- until here -->\n"


def packs() -> str:
    """All packs with their rules, as Markdown."""
    return "\n".join(part for pack in load().values() for part in _pack(pack))


def _pack(pack: Pack) -> list[str]:
    said = [f"### {pack.id}\n", f"{pack.name}. {pack.meaning}\n"]
    if pack.instruments:
        said.append(f"For what is mandated by {' or '.join(pack.instruments)}.\n")
    if pack.valid_from > "0001-01-01" or pack.valid_to < OPEN_END:
        until = "" if pack.valid_to == OPEN_END else f" to {pack.valid_to}"
        because = f": {pack.ended_because}" if pack.ended_because else ""
        said.append(f"It applies from {pack.valid_from}{until}{because}.\n")
    lines = [
        "| rule | severity | what it finds | what it rests on | what to do |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{rule.name}` | {rule.severity} | {rule.summary}{_given(rule)} | {rule.authority} | {rule.mend} |"
        for rule in pack.rules.values()
    ]
    return [*said, "\n".join(lines) + "\n"]


def _given(rule: Rule) -> str:
    given = [
        f" `{p.name}` is {p.default}: {p.meaning}"
        for p in rule.parameters
        if p.types != (DATE,) and p.name != INSTRUMENTS
    ]
    return "".join(given)


def current() -> str:
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{packs()}\n{END}{rest.partition(END)[2]}"


def test_every_rule_is_in_the_document_as_it_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == current()


if __name__ == "__main__":
    DOCUMENT.write_text(current(), encoding="utf-8")
