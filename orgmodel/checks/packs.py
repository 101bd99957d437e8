"""Packs of rules: read from their folders, and which apply on a day.

A rule is a file of Cypher with a header, as `orgmodel.headers` has it, that says beside `Severity: warning.`,
on what `Authority:` it rests, and how to `Mend:` what it finds. Each of its rows is a finding. What graph
patterns express badly is a module of Python whose docstring is the header and whose function `findings` gives
the rows.

A pack is a folder of rules; its `pack.yaml` says what it is, from when to when it applies, and the
instruments by which a body is subject to it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from orgmodel.dates import first_day, last_day
from orgmodel.errors import QueryError, choices
from orgmodel.headers import DATE, Header, Question
from orgmodel.model import Date, Text, is_identifier
from orgmodel.queries import read_header
from orgmodel.resources import queries_folder
from orgmodel.vocabulary import OPEN_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""How grave a finding is, the gravest first."""

COLUMNS: Final = ("subject_id", "subject", "message", "certainty", "citations")
"""The columns of every rule."""

INSTRUMENTS: Final = "instruments"
"""The parameter of a rule that is given the ids of the instruments of its pack."""

_WORDS: Final = ("Severity", "Authority", "Mend")


@dataclass(frozen=True, slots=True)
class Rule(Question):
    """A rule: what it looks for, how grave that is, what it rests on, and how to mend it.

    `name` is `pack/rule`. `text` is its Cypher, or else `module` what finds it.
    """

    pack: str
    severity: Severity
    authority: str
    mend: str
    text: str = ""
    module: str = ""


class _PackFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    meaning: Text
    valid_from: Date | None = None
    valid_to: Date | None = None
    ended_because: Text | None = None
    instruments: tuple[Text, ...] = ()
    replaces: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules that go together.

    Attributes:
        id: The name of its folder.
        name: What it is called.
        meaning: What it looks at.
        rules: The rules, by name.
        valid_from: The first day on which it applies, a full date.
        valid_to: The last.
        ended_because: What put an end to it, where it has one.
        instruments: What the instruments are called by which a body is subject to it; none: everything is.
        replaces: The ids of the packs whose place it takes.
    """

    id: str
    name: str
    meaning: str
    rules: dict[str, Rule]
    valid_from: str = "0001-01-01"
    valid_to: str = OPEN_END
    ended_because: str | None = None
    instruments: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    def applies_on(self, day: str) -> bool:
        """Whether it applies on a day, given as `YYYY-MM-DD`."""
        return self.valid_from <= day <= self.valid_to


def load(folders: Iterable[Path] = ()) -> dict[str, Pack]:
    """The packs that travel with orgmodel and those of further folders, by id.

    Args:
        folders: Each a pack, or a folder of packs.

    Raises:
        QueryError: A file is no rule, or two packs have one name; all such are in the message, a line each.
    """
    found: dict[str, Pack] = {}
    wrong: list[str] = []
    for folder in _folders(folders, wrong):
        try:
            pack = _read(folder)
        except QueryError as error:
            wrong += str(error).splitlines()
            continue
        if pack.id in found:
            wrong.append(f"{folder}: {pack.id!r} is already the name of a pack: rename the folder")
        else:
            found[pack.id] = pack
    if wrong:
        raise QueryError("\n".join(wrong))
    return found


def _folders(folders: Iterable[Path], wrong: list[str]) -> Iterator[Path]:
    for folder in (queries_folder() / "checks", *folders):
        if not folder.is_dir():
            what = (
                "is a file: name the folder that it is in" if folder.exists() else "there is no such folder"
            )
            wrong.append(f"{folder}: {what}")
            continue
        packs = (
            [folder] if any(folder.glob("*.cypher")) else sorted(f for f in folder.iterdir() if f.is_dir())
        )
        if not packs:
            wrong.append(f"{folder}: has no rule in it: a rule is a file that ends in .cypher")
        yield from packs


def _read(folder: Path) -> Pack:
    wrong: list[str] = []
    about = _about(folder, wrong)
    rules: dict[str, Rule] = {}
    for file in (*sorted(folder.glob("*.cypher")), *_modules(folder)):
        try:
            rule = _rule(folder.resolve().name, file)
        except QueryError as error:
            wrong += str(error).splitlines()
        else:
            rules[rule.name] = rule
    if wrong:
        raise QueryError("\n".join(wrong))
    return Pack(
        folder.resolve().name,
        about.name,
        about.meaning,
        rules,
        first_day(about.valid_from) if about.valid_from else "0001-01-01",
        last_day(about.valid_to) if about.valid_to else OPEN_END,
        about.ended_because,
        about.instruments,
        about.replaces,
    )


def _about(folder: Path, wrong: list[str]) -> _PackFile:
    name = folder.resolve().name
    file = folder / "pack.yaml"
    if not is_identifier(name):
        wrong.append(f"{folder}: a pack is named by its folder: small letters, digits and single hyphens")
    if not file.is_file():
        return _PackFile(name=name or "rules", meaning="Rules of your own.")
    import yaml

    try:
        # Of texts, lists and mappings only: a date stays as it is written.
        said = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506
        return _PackFile.model_validate(said or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        wrong.append(f"{file}: cannot be read: {' '.join(str(error).split())}")
    except ValidationError as error:
        wrong += [
            f"{file}: {'.'.join(map(str, found['loc'])) or 'pack'}: {found['msg']}"
            for found in error.errors()
        ]
    return _PackFile(name=name or "rules", meaning="Rules of your own.")


def _modules(folder: Path) -> list[Path]:
    """The rules in Python of a pack that travels with orgmodel."""
    if folder.parent != queries_folder() / "checks":
        return []
    return sorted((Path(__file__).parent / folder.name.replace("-", "_")).glob("[a-z]*.py"))


def _rule(pack: str, file: Path) -> Rule:
    text = module = ""
    if file.suffix == ".cypher":
        header, text = read_header(file, _WORDS)
    else:
        header = Header(str(file), _WORDS)
        documentation = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        header.read(enumerate(documentation.splitlines(), 1))
        module = f"{__package__}.{file.parent.name}.{file.stem}"
    said = {word: header.said.get(word, "").strip() for word in _WORDS}
    for word in _WORDS:
        if not said[word]:
            header.find(1, f"no {word.lower()}: say it as `// {word}: ...`")
    severity = said["Severity"].rstrip(".")
    if said["Severity"] and severity not in SEVERITIES:
        header.find(1, f"the severity {choices(severity, SEVERITIES)}")
    columns = tuple(column.name for column in header.columns)
    if header.columns and columns != COLUMNS:
        header.find(1, f"the columns of a rule must be {', '.join(COLUMNS)}, not {', '.join(columns)}")
    for parameter in header.parameters:
        if parameter.name != INSTRUMENTS and parameter.default is None:
            header.find(header.declared_at[parameter.name], f"${parameter.name} must have a default")
        elif parameter.name == INSTRUMENTS and not parameter.several:
            header.find(header.declared_at[parameter.name], f"${INSTRUMENTS} must be `Instrument, several`")
    if header.wrong:
        raise QueryError("\n".join(header.wrong))
    name = f"{pack}/{file.stem.replace('_', '-')}"
    return Rule(
        **cast("Any", header.question(name)),
        pack=pack,
        severity=cast("Severity", severity),
        authority=said["Authority"],
        mend=said["Mend"],
        text=text,
        module=module,
    )


def day_of(rule: Rule) -> str | None:
    """The parameter of a rule that is the day asked about, where it has one."""
    return next((p.name for p in rule.parameters if p.types == (DATE,)), None)
