"""Charts as pages in a real browser: axe-core finds nothing, and all can be reached by the keyboard."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from orgmodel.charts.drawing import Notes
from orgmodel.charts.links import Links
from orgmodel.charts.paging import paged
from orgmodel.charts.render import Look, paper_for, render, render_pages
from orgmodel.charts.sizes import size_of
from orgmodel.charts.theme import THEMES
from tests.kinds import KINDS, charts_of_every_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from orgmodel.charts.drawing import Chart
    from orgmodel.charts.graphviz import Graphviz

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        BROWSER is None and not os.environ.get("CI"),
        reason="needs the browser chromium: make apps installs it",
    ),
]


LINKED = Links("https://example.org/{id}")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    assert BROWSER, "CI has no browser: .ci/run calls `make apps`"
    with sync_playwright() as playwright:
        # In a container the browser's own sandbox cannot be had; the pages are ours.
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        yield context.new_page()
        browser.close()


@pytest.fixture(scope="module")
def made() -> dict[str, Chart]:
    return charts_of_every_kind()


def found_by_axe(page: Page, html: bytes) -> list[tuple[str, list[str]]]:
    """The rules that a page breaks, each with where; it has been looked at."""
    page.set_content(html.decode())
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert len(found.response["passes"]) > 10
    return [
        (rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found.response["violations"]
    ]


@pytest.mark.parametrize("links", [Links(), LINKED], ids=["plain", "linked"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    kind: str, links: Links, page: Page, made: dict[str, Chart], engine: Graphviz
) -> None:
    # Each theme has its turn.
    theme = [*THEMES.values()][KINDS.index(kind) % len(THEMES)]
    assert found_by_axe(page, render(made[kind], ["html"], engine, Look(theme, links=links))["html"]) == []


def test_axe_finds_nothing_where_a_chart_has_several_pages(
    page: Page, made: dict[str, Chart], engine: Graphviz
) -> None:
    look = Look(size=size_of("a4"), links=LINKED)
    paper = paper_for(engine, look)
    assert paper is not None
    pages = paged(made["governance"], paper)
    assert isinstance(pages[-1].chart, Notes)
    written = render_pages(pages, made["governance"], ["html"], engine, look)["html", ""]
    assert found_by_axe(page, written) == []
    names = page.locator(".chart").evaluate_all("some => some.map(e => e.getAttribute('aria-label'))")
    title = made["governance"].title
    assert names == [f"Picture: {title}, page {number}" for number in range(1, len(pages) + 1)]


def test_axe_finds_what_is_wrong(page: Page, made: dict[str, Chart], engine: Graphviz) -> None:
    text = render(made["governance"], ["html"], engine)["html"].decode()
    page.set_content(text.replace(' lang="en-GB"', "", 1).replace(' tabindex="0"', ""))
    found = {rule["id"] for rule in Axe().run(page).response["violations"]}
    assert {"html-has-lang", "scrollable-region-focusable"} <= found


def test_everything_can_be_reached_by_the_keyboard(
    page: Page, made: dict[str, Chart], engine: Graphviz
) -> None:
    chart = made["governance"]
    page.set_content(render(chart, ["html"], engine, Look(links=LINKED))["html"].decode())
    reached = []
    for _ in range(2 * len(chart.boxes) + 1):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => document.activeElement.getAttribute('href') || document.activeElement.className"
            )
        )
    addresses = [f"https://example.org/{box.id}" for box in chart.boxes]
    assert reached[0] == "chart"
    assert sorted(reached[1:]) == sorted([*addresses, *addresses])


def test_the_picture_is_shown_whole_at_its_size(page: Page, made: dict[str, Chart], engine: Graphviz) -> None:
    page.set_content(render(made["governance"], ["html"], engine)["html"].decode())
    box = page.locator("svg").bounding_box()
    width, height = (
        float(page.locator("svg").get_attribute(name).removesuffix("pt")) for name in ("width", "height")
    )
    assert box is not None
    assert (box["width"], box["height"]) == pytest.approx((width * 96 / 72, height * 96 / 72), abs=1)


def test_a_chart_twice_in_one_page_is_the_same_twice(
    page: Page, made: dict[str, Chart], engine: Graphviz
) -> None:
    svg = render(made["governance"], ["svg"], engine)["svg"].decode().partition("?>")[2]
    page.set_content(f'<!DOCTYPE html><html lang="en"><title>x</title><main>{svg}{svg}</main></html>')
    names = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('svg')].map(e => JSON.stringify(e.getBBox()) + e.innerHTML)"
    )
    assert (names, len(sizes), len(set(sizes))) == ([], 2, 1)
