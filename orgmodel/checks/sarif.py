"""Reports as SARIF 2.1.0, which code hosts and editors show beside the lines that findings are about.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from orgmodel.version import VERSION

if TYPE_CHECKING:
    from orgmodel.checks.checking import Found, Report
    from orgmodel.errors import Place

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(report: Report) -> str:
    """A report as a SARIF log of one run; what is waived is a suppressed result."""
    rules = {
        rule.name: _rule(rule.name, rule.summary, rule.authority, rule.mend, rule.severity)
        for rule in report.rules
    }
    for one in report.found:
        rules.setdefault(one.rule, _rule(one.rule, one.meaning, one.authority, one.mend, one.severity))
    ids = sorted(rules)
    driver = {"name": "orgmodel", "version": VERSION, "rules": [rules[name] for name in ids]}
    results = [_result(one, ids.index(one.rule)) for one in report.found]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str, meaning: str, authority: str, mend: str, severity: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} It rests on: {authority}"},
        "help": {"text": mend},
        "defaultConfiguration": {"level": severity},
    }


def _result(one: Found, index: int) -> dict[str, Any]:
    about = f"{one.subject}: " if one.subject else ""
    cited = f" ({'; '.join(one.citations)})" if one.citations else ""
    said: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": f"{about}{one.message}{cited}"},
    }
    location: dict[str, Any] = {}
    if one.place is not None:
        location["physicalLocation"] = _physical(one.place)
    if one.subject_id is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": one.subject_id, "kind": "element"}]
    if location:
        said["locations"] = [location]
    if one.waived is not None:
        said["suppressions"] = [{"kind": "inSource", "justification": one.waived}]
    return said


def _physical(place: Place) -> dict[str, Any]:
    said: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        said["region"] = {"startLine": place.line, "startColumn": place.column}
    return said


def _uri(file: str) -> str:
    from urllib.parse import quote

    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
