"""Links: where the boxes of a chart lead to."""

from __future__ import annotations

import string
from typing import Final
from urllib.parse import quote, urlsplit

from orgmodel.errors import ChartError, shown

_SCHEMES = frozenset({"", "http", "https"})
_FIELD = "id"


class Links:
    """Where boxes lead to.

    Args:
        template: An address with `{id}` where the id of a thing goes, for instance
            `https://example.org/governance/{id}`; empty: nothing leads anywhere.

    Raises:
        ChartError: The template has no `{id}` or something else in braces, or is no address of a page.
    """

    def __init__(self, template: str = "") -> None:
        self.template = template
        if template:
            self._check(template)

    def __bool__(self) -> bool:
        return bool(self.template)

    def of(self, node_id: str) -> str | None:
        """Where the box of a thing leads to; None: nowhere."""
        if not self.template:
            return None
        return self.template.replace("{" + _FIELD + "}", quote(node_id, safe=""))

    def _check(self, template: str) -> None:
        try:
            fields = {
                name for _, name, form, turned in string.Formatter().parse(template) if name is not None
            }
        except ValueError as error:
            raise ChartError(f"the link template {shown(template)} cannot be read: {error}") from error
        if fields != {_FIELD}:
            raise ChartError(
                f"the link template {shown(template)} must have {{id}} where the id of a thing goes, "
                "and nothing else in braces"
            )
        try:
            scheme = urlsplit(template).scheme
        except ValueError as error:
            raise ChartError(f"the link template {shown(template)} is no address: {error}") from error
        if scheme not in _SCHEMES or any(c.isspace() for c in template):
            raise ChartError(
                f"the link template {shown(template)} must begin with https:// or http://, or be the path "
                "of a page"
            )


NOWHERE: Final = Links()
"""Boxes lead nowhere."""
