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
from orgmodel.errors import DateError, QueryError, choices, shown
from orgmodel.headers import BOOLEAN, DATE, INTEGER, Header, Question
from orgmodel.model import Date, Text, is_identifier
from orgmodel.queries import read_header
from orgmodel.resources import queries_folder
from orgmodel.structure import TODAY
from orgmodel.vocabulary import OPEN_END
from orgmodel.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgmodel.headers import Parameter

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""How grave a finding is, the gravest first."""

COLUMNS: Final = ("subject_id", "subject", "message", "certainty", "citations")
"""The columns of every rule."""

INSTRUMENTS: Final = "instruments"
"""The parameter of a rule that is given the ids of the instruments of its pack."""

_WORDS: Final = ("Severity", "Authority", "Mend")
_ABOUT: Final = "pack.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
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
        folder: Where that is.
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
    folder: Path
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


class UnknownPackError(QueryError):
    """A pack that there is not."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs that there are, by id, and those of them whose rules are asked."""

    known: Mapping[str, Pack]
    chosen: tuple[Pack, ...]


def choose(names: Iterable[str] = (), folders: Iterable[Path] = ()) -> Packs:
    """Some of the packs that there are.

    Args:
        names: The ids of the packs; none: all of them.
        folders: As in `load`.

    Raises:
        UnknownPackError: There is no such pack.
        QueryError: As in `load`.
    """
    known = load(folders)
    wanted = [*dict.fromkeys(names)] or [*known]
    for name in wanted:
        if name not in known:
            raise UnknownPackError(f"no pack {shown(name)}: {choices(name, sorted(known))}")
    return Packs(known, tuple(known[name] for name in wanted))


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
    wrong += [
        f"{pack.folder / _ABOUT}: replaces: {shown(other)} {choices(other, sorted(found))}"
        for pack in found.values()
        for other in pack.replaces
        if other not in found
    ]
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
        packs = [folder] if _is_pack(folder) else sorted(filter(_is_pack, folder.iterdir()))
        if not packs:
            wrong.append(f"{folder}: has no rule in it: a rule is a file that ends in .cypher")
        yield from packs


def _is_pack(folder: Path) -> bool:
    return folder.is_dir() and (any(folder.glob("*.cypher")) or (folder / _ABOUT).is_file())


def _read(folder: Path) -> Pack:
    wrong: list[str] = []
    about = _about(folder, wrong)
    rules: dict[str, Rule] = {}
    files = sorted((*folder.glob("*.cypher"), *_modules(folder)), key=_name)
    if not files:
        wrong.append(f"{folder}: has no rule in it: a rule is a file that ends in .cypher")
    for file in files:
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
        folder,
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
    file = folder / _ABOUT
    about = _PackFile(name=name or "rules", meaning="Rules of your own.")
    if not is_identifier(name):
        wrong.append(f"{folder}: a pack is named by its folder: small letters, digits and single hyphens")
    if not file.is_file():
        return about
    import yaml

    try:
        # Of texts, lists and mappings only: a date stays as it is written.
        said = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506
        if not isinstance(said, dict):
            wrong.append(f"{file}: must be a mapping with `name` and `meaning`")
            return about
        about = _PackFile.model_validate(said)
        if first_day(about.valid_from or "0001") > last_day(about.valid_to or "9999"):
            wrong.append(f"{file}: valid_to {about.valid_to} is before valid_from {about.valid_from}")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        wrong.append(f"{file}{where}: this is no YAML: {error.problem}")
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        wrong.append(f"{file}: cannot be read: {' '.join(str(error).split())}")
    except ValidationError as error:
        wrong += [f"{file}: {in_words(detail, 'a pack', str(detail['loc'][0]))}" for detail in error.errors()]
    return about


def _modules(folder: Path) -> list[Path]:
    """The rules in Python of a pack that travels with orgmodel."""
    if folder.parent != queries_folder() / "checks":
        return []
    return [*(Path(__file__).parent / folder.name.replace("-", "_")).glob("[a-z]*.py")]


def _name(file: Path) -> str:
    return file.stem.replace("_", "-")


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
    if header.bound or header.otherwise:
        header.find(1, "a rule cannot be bounded: it finds all that there is")
    for parameter in header.parameters:
        if reason := _unfit(parameter):
            header.find(header.declared_at[parameter.name], f"${parameter.name} {reason}")
    if header.wrong:
        raise QueryError("\n".join(header.wrong))
    name = f"{pack}/{_name(file)}"
    return Rule(
        **cast("Any", header.question(name)),
        pack=pack,
        severity=cast("Severity", severity),
        authority=said["Authority"],
        mend=said["Mend"],
        text=text,
        module=module,
    )


def _unfit(parameter: Parameter) -> str | None:
    """Why a rule cannot have a parameter; None where it can."""
    if parameter.name == INSTRUMENTS:
        return None if parameter.several else "must be `Instrument, several`"
    if parameter.default is None:
        return "must have a default: nobody is asked for its value"
    try:
        value_of(parameter, "0001-01-01")
    except (ValueError, DateError):
        kind = {INTEGER: "a whole number", BOOLEAN: "true or false", DATE: "today or a date"}
        return f"has the default {shown(parameter.default)}, which is not {kind[parameter.types[0]]}"
    if parameter.allowed and parameter.default not in parameter.allowed:
        return f"has a default that {choices(parameter.default, parameter.allowed)}"
    return None


def value_of(parameter: Parameter, day: str) -> object:
    """The value that a parameter of a rule is given, which is its default.

    Args:
        parameter: The parameter; it has a default.
        day: The day asked about, as `YYYY-MM-DD`.

    Raises:
        ValueError: The default is no value of the parameter's type.
        DateError: Likewise.
    """
    default = str(parameter.default)
    if parameter.optional:
        return None
    value: object = default
    if parameter.types == (DATE,):
        value = day if default == TODAY else last_day(default)
    elif parameter.types == (INTEGER,):
        value = int(default)
    elif parameter.types == (BOOLEAN,):
        value = {"true": True, "false": False}.get(default)
        if value is None:
            raise ValueError(default)
    return [value] if parameter.several else value
