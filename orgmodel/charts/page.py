"""HTML: a page with the chart as a picture and all that it shows in words; no script, nothing to load."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from orgmodel.charts.outline import outline
from orgmodel.charts.svg import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgmodel.charts.drawing import Chart, Notes
    from orgmodel.charts.links import Links
    from orgmodel.charts.theme import Theme


def page(chart: Chart, pictures: Sequence[tuple[Chart | Notes, bytes]], theme: Theme, links: Links) -> bytes:
    """The page of a chart.

    Args:
        chart: What it shows.
        pictures: The chart as pictures, one or several: what each shows, and its SVG, from `svg.accessible`.
        theme: Its colours, font and footer.
        links: Where boxes lead to.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    text = files("orgmodel.charts").joinpath("page.html.jinja").read_text(encoding="utf-8")
    written = environment.from_string(text).render(
        chart=chart,
        outline=outline(chart),
        # Every value in a picture was escaped when it was made.
        pictures=[(one, Markup(inline(svg))) for one, svg in pictures],  # noqa: S704
        theme=theme,
        links=links,
    )
    return written.encode("utf-8")
