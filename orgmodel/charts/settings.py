"""Settings: what a person writes of charts in a YAML file, read with the place of all that is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from orgmodel.datasets.yaml_text import Items, Pairs, Scalar, parse
from orgmodel.errors import ChartError, Finding, Place, bare, choices, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgmodel.datasets.yaml_text import Tree

M = TypeVar("M", bound=BaseModel)


def read_settings(path: Path, model: type[M]) -> M:
    """What a file says.

    Args:
        path: The file.
        model: What it may say.

    Raises:
        ChartError: It cannot be read, or says something else; all that is wrong is in the message, a line
            each.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ChartError(f"{path}: cannot be read: {error.strerror}") from error
    tree, findings = parse(raw, str(path))
    if not isinstance(tree, Pairs) and not findings:
        findings = [Finding(Place(str(path)), "must be keys with values, for instance `footer: Our board`")]
    if findings or tree is None:
        raise ChartError("\n".join(map(str, sorted(set(findings)))))
    places: dict[tuple[str | int, ...], Place] = {}
    data = _plain(tree, (), places, findings)
    if findings:
        raise ChartError("\n".join(map(str, sorted(set(findings)))))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        said = {_finding(one, places, model) for one in error.errors(include_url=False)}
        raise ChartError("\n".join(map(str, sorted(said)))) from None


def _plain(
    tree: Tree, at: tuple[str | int, ...], places: dict[tuple[str | int, ...], Place], wrong: list[Finding]
) -> Any:
    places[at] = tree.place
    if isinstance(tree, Scalar):
        return None if tree.is_null else tree.text
    if isinstance(tree, Items):
        return [_plain(entry, (*at, number), places, wrong) for number, entry in enumerate(tree.entries)]
    found: dict[str, Any] = {}
    for key, value in tree.pairs:
        if not isinstance(key, Scalar) or key.text in found:
            wrong.append(Finding(key.place, "a key must be a text, and stand there once"))
            continue
        found[key.text] = _plain(value, (*at, key.text), places, wrong)
        # What is wrong with a key is told at the key.
        places[(*at, key.text, "")] = key.place
    return found


def _finding(error: Any, places: dict[tuple[str | int, ...], Place], model: type[BaseModel]) -> Finding:
    is_key = error["loc"][-1:] == ("[key]",)
    at: tuple[str | int, ...] = ()
    for step in error["loc"]:
        # The name of the kind of a setting that may be of several kinds stands in it too, and is no key.
        if (*at, step) in places:
            at = (*at, step)
    known = next(at[:n] for n in range(len(at), -1, -1) if at[:n] in places)
    place = (
        places.get((*known, ""), places[known])
        if is_key or error["type"] == "extra_forbidden"
        else places[known]
    )
    return Finding(place, _said(error, model))


def _said(error: Any, model: type[BaseModel]) -> str:
    given, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            name, known = str(error["loc"][-1]), _settings(model, error["loc"])
            return f"no setting {shown(name)}: {choices(name, known)}"
        case "literal_error":
            return f"{shown(given)} is not known here: {choices(str(given), _listed(context['expected']))}"
        case "union_tag_invalid":
            name = context["discriminator"].strip("'")
            known = _listed(context["expected_tags"])
            return f"no {name} {shown(context['tag'])}: {choices(context['tag'], known)}"
        case "union_tag_not_found":
            return f"`{context['discriminator'].strip(chr(39))}` is missing"
        case "missing":
            return f"`{error['loc'][-1]}` is missing"
        case "string_pattern_mismatch":
            return f"{shown(given)} is no colour: write it as '#1f4e79'"
        case "too_short" | "string_too_short":
            return "nothing is given here"
        case "greater_than_equal" | "less_than_equal":
            wrong, limit, side = ("small", "ge", "more") if "ge" in context else ("large", "le", "less")
            return f"{bare(str(given))} is too {wrong}: give {context[limit]} or {side}"
        case "value_error":
            return str(context["error"])
        case _:
            return f"{shown(given)}: {error['msg'][0].lower()}{error['msg'][1:]}"


def _listed(text: str) -> list[str]:
    """The words that Pydantic lists in a message."""
    return [part.strip("' ") for part in text.replace(" or ", ",").split(",")]


def _settings(model: type[BaseModel], at: tuple[str | int, ...]) -> list[str]:
    """The settings that there are where an unknown one stands.

    Args:
        model: What the whole file may say.
        at: The keys and numbers that lead there, with the kind of what may be of several kinds.
    """
    models: list[type[BaseModel]] = []
    for step in at[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            models = [*_models(model.model_fields[step].annotation)]
            model = models[0] if len(models) == 1 else model
        elif isinstance(step, str):
            named = [
                one
                for one in models
                if any(step in get_args(f.annotation) for f in one.model_fields.values())
            ]
            model = named[0] if named else model
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
