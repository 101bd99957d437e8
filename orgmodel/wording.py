"""What pydantic finds wrong with a value, in the words of somebody who edits a dataset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orgmodel.errors import bare, choices, shown
from orgmodel.model import slug

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def in_words(detail: ErrorDetails, what: str, name: str) -> str:
    """What is wrong with a value, and what to do.

    Args:
        detail: What pydantic found.
        what: What the value belongs to.
        name: The property that it is of.
    """
    kind, given = detail["type"], detail["input"]
    context: dict[str, Any] = detail.get("ctx", {})
    if kind == "missing":
        return f"{what} without `{name}`: add it"
    if kind == "extra_forbidden":
        return f"{what} has no property {shown(name)}"
    if kind == "string_too_short":
        return f"{name} is empty: fill it in or take it away"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        return f"{name} {shown(given)} {choices(str(given), allowed)}"
    if kind == "greater_than_equal":
        return f"{name} {shown(given)} must be at least {context['ge']}"
    if kind == "id":
        hint = f"; for instance {shown(slug(given))}" if slug(given) else ""
        return f"{name} {shown(given)} {detail['msg']}{hint}"
    if kind in {"date", "text"}:
        return f"{name}: {detail['msg']}"
    if kind in {"tuple_type", "list_type"} and isinstance(given, str):
        return f"{name} must be a list: write `{name}: [{bare(given)}]`"
    return f"{name} must be {_WANTED.get(kind, 'something else')}, not {_sort(given)}{_hint(kind, given)}"


def _hint(kind: str, given: object) -> str:
    if kind == "string_type" and isinstance(given, bool):
        return ": put it in quotes"
    return ": take the quotes away" if isinstance(given, str) and given.isdigit() else ""


_WANTED = {
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "text",
    "int_type": "a whole number",
    "number": "a number",
}


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return "nothing" if value is None else shown(value)
