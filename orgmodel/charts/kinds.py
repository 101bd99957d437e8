"""The kinds of charts, each with what it is asked by: what `charts.yaml` says of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

if TYPE_CHECKING:
    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.paging import Page
    from orgmodel.charts.shaping import Paper
    from orgmodel.structure import Structure

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Asked(BaseModel):
    """What every chart is asked by.

    Attributes:
        as_of: The day: an edition, a date, or today.
        files: What it is written into; the ending of each says what it becomes. One that is kept has some.
        size: The paper or the width that it has to fit, as in `size_of`.
    """

    # One kind of ten is asked for: the others need not be built.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    as_of: _Text = "today"
    files: Annotated[tuple[_Text, ...], Field(min_length=1)] = ()
    size: _Text | None = None

    @property
    def day(self) -> str | None:
        """The day that it is of, as it was given; None: all time."""
        return self.as_of

    @property
    def wants_partnership(self) -> bool:
        """Whether it is of one partnership, and none is named."""
        return False

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; errors are those of the module of its kind."""
        raise NotImplementedError

    def pages(self, whole: Chart, structure: Structure, paper: Paper | None) -> list[Page]:  # noqa: ARG002
        """The chart in as many pages as it takes.

        Args:
            whole: The chart in one.
            structure: All that is known; a kind may need it for pages of its own.
            paper: What a page has to fit; None: there is no limit.
        """
        from orgmodel.charts.paging import Page, paged

        return [Page(whole, "")] if paper is None else paged(whole, paper)


class OfPartnership(Asked):
    """What a chart of one partnership is asked by.

    Attributes:
        partnership: Its id or a name; None: the only one there is.
    """

    partnership: _Text | None = None

    @property
    def wants_partnership(self) -> bool:
        """Whether none is named."""
        return self.partnership is None


class Governance(OfPartnership):
    """The governance chart of a partnership, or of a body and what is below it."""

    chart: Literal["governance"]
    start: Annotated[_Text | None, Field(alias="from")] = None
    depth: Annotated[int | None, Field(ge=1)] = None
    members: Annotated[Literal["members"] | None, Field(alias="with")] = None
    split: Literal["body"] | None = None
    people: bool = False

    @property
    def wants_partnership(self) -> bool:
        """Whether neither a partnership nor a body of one is named."""
        return self.partnership is None and self.start is None

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.governance`."""
        from orgmodel.charts.governance import governance

        then = structure.as_of(self.as_of)
        start, depth = self.start, self.depth
        # In words all is in one: the seats on the pages of bodies too.
        members, people = bool(self.members or self.split), self.people
        return governance(then, self.partnership, start=start, depth=depth, members=members, people=people)

    def pages(self, whole: Chart, structure: Structure, paper: Paper | None) -> list[Page]:
        """The chart in pages; see `orgmodel.charts.governance`."""
        if self.split is None:
            return super().pages(whole, structure, paper)
        from orgmodel.charts.governance import body_pages

        return body_pages(
            structure.as_of(self.as_of),
            self.partnership,
            paper,
            start=self.start,
            depth=self.depth,
            members=bool(self.members),
            people=self.people,
        )


class Membership(Asked):
    """The membership chart of a body."""

    chart: Literal["membership"]
    body: _Text
    people: bool = False

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.membership`."""
        from orgmodel.charts.membership import membership

        return membership(structure.as_of(self.as_of), self.body, people=self.people)


class Accountability(Asked):
    """The accountability chart of a body."""

    chart: Literal["accountability"]
    body: _Text

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.accountability`."""
        from orgmodel.charts.accountability import accountability

        return accountability(structure.as_of(self.as_of), self.body)


class Partner(Asked):
    """The chart of where an organisation sits."""

    chart: Literal["partner"]
    organisation: _Text

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.partner`."""
        from orgmodel.charts.partner import partner

        return partner(structure.as_of(self.as_of), self.organisation)


class Agreements(Asked):
    """The chart of agreements between boards."""

    chart: Literal["agreements"]
    partnership: _Text | None = None

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.agreements`."""
        from orgmodel.charts.agreements import agreements

        return agreements(structure.as_of(self.as_of), self.partnership)


class Plan(Asked):
    """The chart of a plan."""

    chart: Literal["plan"]
    plan: _Text

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.plan`."""
        from orgmodel.charts.plan import plan

        return plan(structure.as_of(self.as_of), self.plan)


class Matrix(OfPartnership):
    """The matrix of who sits where."""

    chart: Literal["matrix"]
    by: Literal["organisation", "post"] = "organisation"

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.matrix`."""
        from orgmodel.charts.matrix import matrix

        return matrix(structure.as_of(self.as_of), self.partnership, self.by)


class Interlocks(Asked):
    """The chart of bodies with members in common."""

    chart: Literal["interlocks"]
    partnership: _Text | None = None
    by: Literal["organisation", "post"] = "organisation"
    least: Annotated[int, Field(ge=1)] = 1

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.interlocks`."""
        from orgmodel.charts.interlocks import interlocks

        return interlocks(structure.as_of(self.as_of), self.partnership, by=self.by, least=self.least)


class Timeline(OfPartnership):
    """The timeline of a partnership; of no day, so that `as_of` is not for it."""

    chart: Literal["timeline"]
    as_of: Literal["today"] = "today"
    from_day: _Text | None = None
    to_day: _Text | None = None

    @property
    def day(self) -> str | None:
        """None: it is of all time."""
        return None

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.timeline`."""
        from orgmodel.charts.timeline import timeline

        return timeline(structure, self.partnership, from_day=self.from_day, to_day=self.to_day)


class Changes(OfPartnership):
    """The chart of what changed between two days; of those, so that `as_of` is not for it."""

    chart: Literal["changes"]
    as_of: Literal["today"] = "today"
    before: _Text
    after: _Text

    @property
    def day(self) -> str | None:
        """The later of its days."""
        return self.after

    def make(self, structure: Structure) -> Chart:
        """The chart, of all that is known; see `orgmodel.charts.changes`."""
        from orgmodel.charts.changes import changes

        return changes(structure, self.before, self.after, self.partnership)


Kind: TypeAlias = (
    Governance
    | Membership
    | Accountability
    | Partner
    | Agreements
    | Plan
    | Matrix
    | Interlocks
    | Timeline
    | Changes
)
"""A chart of any kind."""


class ChartsFile(BaseModel):
    """What `charts.yaml` says: which charts of a dataset are kept.

    Attributes:
        folder: Where their files are; beside the file if nothing is said.
        theme: As in `theme_of`; a file stands beside this one.
        link_template: As in `Links`.
        dpi: How fine a PNG is, in dots per inch.
        size: The paper or the width that all of them have to fit, where one says nothing itself.
        charts: The charts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    folder: _Text = "."
    theme: _Text = "default"
    link_template: str = ""
    dpi: Annotated[int, Field(ge=50, le=1200)] = 150
    size: _Text | None = None
    charts: tuple[Annotated[Kind, Field(discriminator="chart")], ...]

    @field_validator("charts")
    @classmethod
    def _written(cls, charts: tuple[Kind, ...]) -> tuple[Kind, ...]:
        without = [f"{number} ({one.chart})" for number, one in enumerate(charts, 1) if not one.files]
        if without:
            raise ValueError(f"`files` is missing of chart {', '.join(without)}")
        return charts
