"""What a question in Cypher may do: read the graph, and nothing else.

A text is split into its tokens and judged by them, not by a grammar: what it refuses is refused in the Cypher
of Neo4j 5, in Cypher 25 and in that of the embedded engine, whichever of them is to run it. Where a word
could be a clause or a name, it is held to be a clause: in backticks it is a name, unless the embedded engine
takes even that for a clause.

A server has a second look, by `plan_refusals`; a store runs what it is asked in a mode that only reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgmodel.errors import bare, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROCEDURES: Final = (
    "db.labels",
    "db.propertyKeys",
    "db.relationshipTypes",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
)
"""The procedures that may be called: those that say what is in the graph."""

_NAMESPACES: Final = {"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"}
"""Where the functions of Cypher itself are that have a dot in their name."""

_BEGINNINGS: Final = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "CALL", "RETURN", "FILTER", "LET", "FOR", "WHEN")
_LANGUAGES: Final = {"5", "25"}

_CLAUSES: Final = {
    "CREATE",
    "DELETE",
    "DETACH",
    "DROP",
    "FOREACH",
    "INSERT",
    "MERGE",
    "NODETACH",
    "REMOVE",
    "SET",
    "SHOW",
    "TERMINATE",
    "USE",
}
"""What does more than read, wherever it stands. `SHOW` and `TERMINATE` can stand within a subquery."""

_COMMANDS: Final = {
    "ALTER",
    "DEALLOCATE",
    "DEFINE",
    "DENY",
    "DRYRUN",
    "ENABLE",
    "GRANT",
    "REALLOCATE",
    "RENAME",
    "REVOKE",
    "START",
    "STOP",
}
"""What does more than read and can only begin a statement."""

_LOOKS: Final = {"EXPLAIN", "PROFILE"}

_READS: Final = "a question only reads"
_IN_TRANSACTIONS: Final = "CALL {} IN TRANSACTIONS"
_PAIRS: Final = {
    ("LOAD", "CSV"): ("LOAD CSV", _READS),
    ("FORMAT", "CSV"): ("FORMAT CSV", "an answer is rows"),
    ("CONCURRENT", "TRANSACTION"): (_IN_TRANSACTIONS, _READS),
    ("CONCURRENT", "TRANSACTIONS"): (_IN_TRANSACTIONS, _READS),
}
"""Words that are no names where they follow each other: what they are, and why they are not allowed."""

_BATCHES: Final = {("IN", "TRANSACTION"), ("IN", "TRANSACTIONS")}

# A backticked name is the same to the embedded engine as a bare word that it does not reserve.
_BACKTICKED_CLAUSES: Final = _CLAUSES - {"CREATE", "DELETE", "DETACH", "FOREACH", "MERGE", "REMOVE", "SET"}

_BEFORE_A_NAME: Final = frozenset([".", "..", ":", "$", "(", "[", ",", "=", "<", "|", "/", "^", "-", "~"])
"""Marks after which no clause begins. `+ * > ! %` also end patterns, types and labels; `{` begins queries."""

_AFTER_A_NAME: Final = frozenset(
    [".", "..", ",", ")", "]", "}", ":", "=", "<", ">", "*", "/", "%", "^", "|", ";"]
)
"""Marks with which the rest of no clause begins; nor do signs, but what is deleted could have one."""

_SIGNS: Final = {"+", "-"}

_AFTER_AN_OPERAND: Final = {
    "AND", "AS", "ASC", "ASCENDING", "CALL", "CONTAINS", "DESC", "DESCENDING", "ELSE", "END", "ENDS",
    "FILTER", "FINISH", "IN", "IS", "LET", "LIMIT", "MATCH", "NEXT", "OFFSET", "OPTIONAL", "OR", "ORDER",
    "RETURN", "SKIP", "STARTS", "THEN", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
}  # fmt: skip
"""Keywords with which the rest of no clause begins; though any of them can itself be a name."""

_BEFORE_AN_OPERAND: Final = {"AS", "BY", "RETURN", "UNWIND", "WHERE", "WITH"}
"""Keywords that are followed by no clause; likewise."""

_BEFORE_A_NEW_NAME: Final = {"AS", "FOR", "YIELD"}

_TOKEN: Final = re.compile(
    r"""
    (?P<space> (?: [ \t\n] | \r\n )++ )
    | (?P<comment> // (?: [^\r\n] | \r(?!\n) )*+ | /\*.*?\*/ )
    | (?P<text> '(?: \\. | [^'\\] )*+' | "(?: \\. | [^"\\] )*+" )
    | `(?P<name> (?: `` | [^`] )*+ )`
    | (?P<number> (?: [0-9]++ (?: \.[0-9]++ )? | \.[0-9]++ ) (?: [eE][+-]?[0-9]++ )? )
    | (?P<word> [^\W\d]\w*+ )
    | (?P<unended> ['"`] | /\* )
    | (?P<mark> \.\. | [!-~] )
    """,
    re.VERBOSE | re.DOTALL,
)
# An even number of backslashes are texts of backslashes.
_ESCAPE: Final = re.compile(r"(?<!\\)(?:\\\\)*+\\[uU]")
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_UNENDED: Final = {"/*": ("comment", "*/"), "`": ("name", "`"), "'": ("text", "'"), '"': ("text", '"')}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word that it is to an engine that reads without regard to case, or nothing."""
        return self.text.upper() if self.kind in {"word", "name"} else ""

    @property
    def keyword(self) -> str:
        """The same, where it has no backticks."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def mark(self) -> str:
        return self.text if self.kind == "mark" else ""


_NOTHING: Final = _Token("nothing", "", -1, -1)


def refusals(text: str) -> list[tuple[int, str]]:
    """What in a Cypher text does more than read the graph, or cannot be told to do no more.

    Args:
        text: One question; values only as `$parameters`.

    Returns:
        The offset of each thing in the text and what is wrong with it, one line, in the order of the text;
        nothing where the text only reads. A text without any statement reads nothing and is not refused.

    >>> refusals("MATCH (set:Body) RETURN set.id AS id // CREATE")
    []
    >>> refusals("MATCH (n) SET n.name = 'x'")
    [(10, 'SET is not allowed: a question only reads')]
    """
    tokens, found = _split(text)
    found += _Judge(tokens).refusals()
    found += [
        (at.end() - 2, "\\u is not allowed: write the character itself, or pass the text as a parameter")
        for at in _ESCAPE.finditer(text)
    ]
    first: dict[int, str] = {}
    for offset, reason in found:
        first.setdefault(offset, reason)
    return sorted(first.items())


def blanked(text: str) -> str:
    """A Cypher text with spaces in place of its comments and quoted texts; lines and offsets stay.

    >>> blanked("RETURN 'a' AS b // c")
    'RETURN     AS b     '
    """
    return _TOKEN.sub(
        lambda m: re.sub(r"[^\n]", " ", m[0]) if m.lastgroup in {"comment", "text"} else m[0], text
    )


def plan_refusals(plan: Mapping[str, object]) -> list[str]:
    """What in a plan that a server made for a question does more than read the graph.

    Args:
        plan: The plan as the `neo4j` driver has it: `summary.plan` of a statement run with `EXPLAIN`.

    Returns:
        What is wrong, one line each; nothing where the plan only reads.

    >>> plan_refusals({"operatorType": "LoadCSV@neo4j", "args": {"Details": "row"}})
    ['LOAD CSV is not allowed: a question only reads']
    """
    found = [] if plan else ["the server says nothing of how it would run this"]
    for operator, details in _operators(plan):
        if operator == "ProcedureCall":
            found += _procedure(details.partition("(")[0])
        elif clause := next((c for start, c in _OPERATORS.items() if operator.startswith(start)), None):
            found.append(_refused(clause))
        else:
            # Subqueries within an expression have no operators of their own: their text is all there is.
            judge = _Judge(_split(details)[0])
            found += [reason for _, reason in judge.nested()]
    return list(dict.fromkeys(found))


_OPERATORS: Final = {
    "AdministrationCommand": "an administration command",
    "Alter": "ALTER",
    "Create": "CREATE",
    "Delete": "DELETE",
    "DetachDelete": "DETACH DELETE",
    "DoNothing": "a change of the schema",
    "DropConstraint": "DROP",
    "DropIndex": "DROP",
    "Foreach": "FOREACH",
    "LoadCSV": "LOAD CSV",
    "LockingMerge": "MERGE",
    "Merge": "MERGE",
    "Remove": "REMOVE",
    "SetLabels": "SET",
    "SetNode": "SET",
    "SetProp": "SET",
    "SetRelationship": "SET",
    "SetDynamic": "SET",
    "Show": "SHOW",
    "Terminate": "TERMINATE",
    "Transaction": _IN_TRANSACTIONS,
}
"""The beginnings of the names of operators that do more than read, and what they are in a question."""


def _operators(plan: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The operators of a plan with their details, from the top."""
    waiting: list[object] = [plan]
    while waiting:
        match waiting.pop():
            case {"operatorType": str(operator), **rest}:
                match rest.get("args"):
                    case {"Details": str(details)}:
                        yield operator.partition("@")[0], details
                    case _:
                        yield operator.partition("@")[0], ""
                below = rest.get("children")
                waiting += reversed(below) if isinstance(below, list) else []


def _refused(what: str, why: str = _READS) -> str:
    return f"{what} is not allowed: {why}"


def _procedure(name: str) -> list[str]:
    """What is wrong with the call of a procedure."""
    if name.lower() in {p.lower() for p in PROCEDURES}:
        return []
    return [f"the procedure {bare(name)} is not allowed; allowed are {', '.join(PROCEDURES)}"]


def _split(text: str) -> tuple[list[_Token], list[tuple[int, str]]]:
    """The tokens of a text that mean something, and what is not Cypher to every engine."""
    tokens: list[_Token] = []
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            found.append((at, _character(text[at])))
            at += 1
            continue
        kind, start, at = str(match.lastgroup), match.start(), match.end()
        if kind == "unended":
            what, close = _UNENDED[match[0]]
            found.append((start, f"the {what} that begins here has no end: close it with {close}"))
            break
        if kind == "comment":
            found += [
                (
                    start + lone.start(),
                    "a carriage return alone is not allowed: end the line with a line feed",
                )
                for lone in _LONE_RETURN.finditer(match[0])
            ]
        if kind == "text" and tokens and tokens[-1].keyword == "S":
            # In Cypher 25 it is a text with expressions in it, that is with subqueries.
            found.append((tokens[-1].start, "s before a quote is not allowed: join texts with +"))
        if kind not in {"space", "comment"}:
            tokens.append(_Token(kind, match[kind], start, at))
    return tokens, found


def _character(character: str) -> str:
    instead = "write a plain space" if character.isspace() else "take it out, or put the name in backticks"
    return f"the character U+{ord(character):04X} is not allowed outside texts: {instead}"


class _Judge:
    """Says of the tokens of one text what they do."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.named = {token.word for i, token in enumerate(tokens) if self._may_be_new(i)}

    def refusals(self) -> list[tuple[int, str]]:
        found = [*self._beginning(), *self._several(), *self.nested()]
        for i, token in enumerate(self.tokens):
            if (token.keyword in _CLAUSES or token.word in _BACKTICKED_CLAUSES) and not self._is_name(i):
                found.append((token.start, _refused(token.text.upper())))
            if token.mark == "}" and (self._at(i + 1).keyword, self._at(i + 2).keyword) in _BATCHES:
                found.append((self._at(i + 1).start, _refused(_IN_TRANSACTIONS)))
            found += self._function(i)
        return found

    def nested(self) -> list[tuple[int, str]]:
        """What can be told from a piece of a text as well."""
        found: list[tuple[int, str]] = []
        for i, token in enumerate(self.tokens):
            after = self._at(i + 1)
            if pair := _PAIRS.get((token.word, after.word)):
                found.append((token.start, _refused(*pair)))
            if token.keyword in {"SHOW", "TERMINATE"} and not self._is_name(i):
                found.append((token.start, _refused(token.keyword)))
            called = token.keyword == "CALL" and not self._is_name(i)
            if called or (token.text == "ResolvedCall" and after.mark == "("):
                name = ".".join(self._dotted(i + 1 if called else i + 2))
                found += [(token.start, reason) for reason in (_procedure(name) if name else [])]
        return found

    def _at(self, i: int) -> _Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _NOTHING

    def _beginning(self) -> list[tuple[int, str]]:
        """What is wrong with the first word."""
        first = 0
        if self._at(0).keyword == "CYPHER" and self._at(1).text in _LANGUAGES:
            first = 2
        token = self._at(first)
        if token is _NOTHING or token.keyword in _BEGINNINGS:
            return []
        if pair := _PAIRS.get((token.word, self._at(first + 1).word)):
            return [(token.start, _refused(*pair))]
        if token.word in _CLAUSES | _COMMANDS:
            return [(token.start, _refused(token.word))]
        if token.word in _LOOKS:
            return [(token.start, _refused(token.word, "ask the question itself"))]
        meant = nearest(token.text, _BEGINNINGS, 1) if token.kind == "word" else []
        hint = f"; did you mean {meant[0]}?" if meant else ""
        expected = "a question begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, CALL or RETURN"
        return [(token.start, f"{expected}, not with {bare(token.text)}{hint}")]

    def _several(self) -> list[tuple[int, str]]:
        ends = [i for i, token in enumerate(self.tokens) if token.mark == ";"]
        after = self._at(ends[0] + 1) if ends else _NOTHING
        if after is _NOTHING:
            return []
        return [(after.start, "a second statement is not allowed: ask it by itself")]

    def _function(self, i: int) -> list[tuple[int, str]]:
        """What is wrong with a function that is called by a name with dots."""
        if self._at(i).kind not in {"word", "name"} or self._at(i - 1).mark in {".", "$"}:
            return []
        if self._at(i - 1).keyword == "CALL":
            return []
        parts = self._dotted(i)
        if len(parts) == 1 or self._at(i + 2 * len(parts) - 1).mark != "(" or parts[0].lower() in _NAMESPACES:
            return []
        return [(self._at(i).start, _refused(f"the function {bare('.'.join(parts))}"))]

    def _dotted(self, i: int) -> list[str]:
        """The parts of the name with dots that begins at a token."""
        parts: list[str] = []
        while self._at(i).kind in {"word", "name"}:
            parts.append(self._at(i).text)
            if self._at(i + 1).mark != ".":
                break
            i += 2
        return parts

    def _is_name(self, i: int) -> bool:
        """Whether a word that could begin a clause is a name for certain."""
        token, before, after = self._at(i), self._at(i - 1), self._at(i + 1)
        if before.mark in _BEFORE_A_NAME or after.mark in _AFTER_A_NAME or after is _NOTHING:
            return True
        if after.mark in _SIGNS:
            return token.keyword != "DELETE"
        if token.word == "USE":
            return before.keyword in _BEFORE_AN_OPERAND - self.named
        # The rest of a clause begins with the name of something, and nothing has that of the next word.
        return after.keyword in _AFTER_AN_OPERAND - self.named

    def _may_be_new(self, i: int) -> bool:
        """Whether a token could give a name to something: a variable must be so named before it is used."""
        token, before = self._at(i), self._at(i - 1)
        if not token.word or before.mark in {".", ":", "$"}:
            return False
        return (
            before.mark in {"(", "[", ","}
            or before.keyword in _BEFORE_A_NEW_NAME
            or self._at(i + 1).mark == "="
        )
