"""The entities: nodes and relationships as frozen objects, their classes made from the vocabulary."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    create_model,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from orgmodel.dates import first_day
from orgmodel.errors import DateError
from orgmodel.vocabulary import NODE_TYPES, RELATIONSHIP_TYPES, Certainty, Property

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = "str | int | float | tuple[str, ...] | None"
"""What a property can hold."""

_ID = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")


_TOO_LARGE = 10**15
# What XML has no characters for, and so neither a chart nor a spreadsheet: https://www.w3.org/TR/xml/#charsets
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def slug(text: str) -> str:
    """A text as part of an id.

    >>> slug("Head of Children's Services (West)")
    'head-of-childrens-services-west'
    """
    together = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.casefold())
    return re.sub(r"[^a-z0-9]+", "-", together).strip("-")


def is_identifier(text: str) -> bool:
    """Whether a text can be an id.

    >>> is_identifier("executive--member--police"), is_identifier("Executive")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def _identifier(value: str) -> str:
    if not is_identifier(value):
        raise PydanticCustomError("id", "must be kebab-case: small letters, digits and single hyphens")
    return intern(value)


def _date(value: str) -> str:
    try:
        first_day(value)
    except DateError as error:
        raise PydanticCustomError("date", "{reason}", {"reason": str(error)}) from None
    return value


def _text(value: str) -> str:
    found = _CONTROL.search(value)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise PydanticCustomError(
            "text", "the character {code} cannot be shown: take it away", {"code": code}
        )
    return value


def _number(value: object) -> int | float:
    # A bound on both keeps a slip of the keyboard out of the stores, whose integers have 64 bits.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _TOO_LARGE:
        raise PydanticCustomError("number", "must be a number")
    return value


def _citation(value: str) -> str:
    return intern(" ".join(value.split()))


# Thousands of facts cite the same few places: with each list kept once, a large structure takes a fifth less
# memory.
@lru_cache(65_536)
def _kept_once(value: tuple[str, ...]) -> tuple[str, ...]:
    return value


class _Made:
    """A schema made once: pydantic would work it out anew for each property of each class."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        return self._schema


_TEXT = core_schema.no_info_after_validator_function(
    _text, core_schema.str_schema(strip_whitespace=True, min_length=1)
)


def _text_that(check: Callable[[str], str]) -> _Made:
    return _Made(core_schema.no_info_after_validator_function(check, _TEXT))


Text = Annotated[str, _Made(_TEXT)]
Identifier = Annotated[str, _text_that(_identifier)]
Date = Annotated[str, _text_that(_date)]
Citations = Annotated[tuple[Annotated[str, _text_that(_citation)], ...], AfterValidator(_kept_once)]
Number = Annotated[StrictInt | StrictFloat, BeforeValidator(_number)]
Integer = Annotated[StrictInt, AfterValidator(_number)]


_NOT_KEPT: set[str] = set()


class Entity(BaseModel):
    """What every node and every relationship says."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    term: ClassVar[str] = ""
    """The label of a node, the type of a relationship."""

    id: Identifier
    certainty: Certainty = "stated"
    basis: Text | None = None
    citations: Citations = ()
    start_date: Date | None = None
    end_date: Date | None = None
    note: Text | None = None
    datasets: Annotated[tuple[Identifier, ...], AfterValidator(_kept_once)] = ()

    def model_post_init(self, _: object, /) -> None:
        """Lets go of pydantic's set of the names that were given: a third of the memory, asked by nobody."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_KEPT)

    def __reduce__(self) -> tuple[Any, ...]:
        # The classes are made and stand in no module, where pickle would look for them.
        return _again, (isinstance(self, Node), self.term, self.__dict__)

    def get(self, name: str) -> Value:
        """The value of a property; None where it is not given or this kind of entity has no such one."""
        value: Value = self.__dict__.get(name)
        return value


class Node(Entity):
    """A thing of the graph; `term` is its label."""

    name: Text
    short_name: Text | None = None
    aliases: tuple[Text, ...] = ()
    kind: Text | None = None

    @property
    def known_as(self) -> str:
        """The short name, or the name where there is none."""
        return self.short_name or self.name


class Relationship(Entity):
    """A line of the graph from one node to another; `term` is its type."""

    from_id: Identifier
    to_id: Identifier


def _field(wanted: Property) -> tuple[Any, Any]:
    kind: Any
    if wanted.allowed:
        kind = Literal[wanted.allowed]
    else:
        kind = {
            "text": Text,
            "texts": tuple[Text, ...],
            "integer": Integer,
            "number": Number,
            "date": Date,
        }[wanted.type]
    limits: dict[str, Any] = {} if wanted.at_least is None else {"ge": wanted.at_least}
    if wanted.required:
        return kind, Field(**limits)
    if wanted.type == "texts":
        return kind, Field(default=())
    return kind | None, Field(default=None, **limits)


@cache
def node_class(label: str) -> type[Node]:
    """The class of the nodes of a label, with the properties that the vocabulary gives it."""
    declared = NODE_TYPES[label]
    fields = {p.name: _field(p) for p in declared.properties}
    if declared.kinds:
        fields["kind"] = (Literal[declared.kinds] | None, None)
    made = create_model(label, __base__=Node, __doc__=declared.meaning, **cast("Any", fields))
    made.term = label
    return made


@cache
def relationship_class(name: str) -> type[Relationship]:
    """The class of the relationships of a type, with the properties that the vocabulary gives it."""
    declared = RELATIONSHIP_TYPES[name]
    fields = {p.name: _field(p) for p in declared.properties}
    made = create_model(name, __base__=Relationship, __doc__=declared.meaning, **cast("Any", fields))
    made.term = name
    return made


def _again(is_node: bool, term: str, said: dict[str, Any]) -> Entity:
    """An entity from what it said when it was pickled."""
    return (node_class(term) if is_node else relationship_class(term)).model_construct(None, **said)


class Edition(BaseModel):
    """A name for a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identifier
    date: Date
    name: Text | None = None


class Waiver(BaseModel):
    """A finding of a check that is known and let stand for a while.

    Attributes:
        rule: The rule that finds it, as `pack/rule`.
        subject: The id of what it is found about; None: whatever it is found about.
        reason: Why it is let stand.
        until: The last day on which it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Text
    subject: Identifier | None = None
    reason: Text
    until: Date


class Dataset(BaseModel):
    """What a dataset says of itself.

    `disclaimer` stands under every chart that is drawn from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    id: Identifier
    name: Text
    disclaimer: Text | None = None
    editions: tuple[Edition, ...] = ()
    waivers: tuple[Waiver, ...] = ()
