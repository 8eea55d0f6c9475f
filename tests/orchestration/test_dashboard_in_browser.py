"""The dashboard in a real browser, opened from files: what it shows, filters, and asks for."""

import json
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from orchestration.dashboard.account_pages import every_page
from orchestration.dashboard.site import Site
from orchestration.dashboard.writing import write_dashboard
from tests.orchestration.page_facts import asked_again, is_rounding, is_same
from tests.orchestration.report_tables import AS_OF, company, nothing_landed

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(BROWSER is None, reason="no chromium: apt-get install chromium"),
]
# What the law of accessibility asks for, and what axe calls best practice is left to the reader.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def tables():
    return company()


@pytest.fixture(scope="module")
def folder(tables, tmp_path_factory):
    reports = tmp_path_factory.mktemp("reports")
    return write_dashboard(every_page(Site(tables, AS_OF)), reports, AS_OF).parent


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory):
    reports = tmp_path_factory.mktemp("empty")
    return write_dashboard(every_page(Site(nothing_landed(), AS_OF)), reports, AS_OF).parent


class Seen:
    """A page that was opened, what it asked for and what it complained of."""

    def __init__(self, browser, path, width=1280, fragment=""):
        self.page = browser.new_page(viewport={"width": width, "height": 800})
        self.asked, self.said = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(path.as_uri() + fragment)

    @property
    def width(self):
        return self.page.evaluate("document.documentElement.scrollWidth")


def every(folder):
    return sorted(folder.rglob("*.html"))


# What is folded may be wider: whoever unfolds it wants every column.
CUT = """() => [...document.querySelectorAll("table")]
    .filter(table => !table.closest("details:not([open])"))
    .filter(table => table.scrollWidth > table.parentElement.clientWidth + 1)
    .map(table => table.closest("section")?.id + ": " + table.tHead?.innerText)"""


@pytest.mark.parametrize("width", [1280, 1366, 1440])
def test_no_column_is_cut_off_on_a_usual_screen(width, folder, browser):
    for path in every(folder):
        seen = Seen(browser, path, width)
        assert seen.page.evaluate(CUT) == [], path.name
        seen.page.close()


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:150] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("state", ["folder", "empty_folder"])
def test_every_page_opens_from_its_file_asks_for_nothing_and_fits(state, width, browser, request):
    for path in every(request.getfixturevalue(state)):
        seen = Seen(browser, path, width)
        assert seen.asked == [path.as_uri()], path.name
        assert seen.said == [], path.name
        assert seen.width <= width, path.name
        seen.page.close()


@pytest.mark.parametrize(("state", "width"), [("folder", 1280), ("empty_folder", 390)])
def test_axe_finds_nothing_on_any_page_with_data_or_without(state, width, browser, request):
    for path in every(request.getfixturevalue(state)):
        page = Seen(browser, path, width).page
        assert violations(page) == [], path.name
        page.close()


def accounts(browser, folder, fragment=""):
    return Seen(browser, folder / "accounts.html", fragment=fragment).page


def shown(page):
    return page.locator("#customers tbody tr[data-account]").evaluate_all(
        "rows => rows.map(row => row.dataset.account)"
    )


def test_a_search_finds_and_the_address_keeps_it(browser, folder):
    page = accounts(browser, folder)
    assert set(shown(page)) == {"a1", "a/2", "a3"}
    page.locator(".dt-search input").fill("Alder")
    page.wait_for_function("document.querySelectorAll('#customers tbody tr').length === 1")
    assert shown(page) == ["a/2"]
    fragment = page.evaluate("location.hash")
    page.close()
    again = accounts(browser, folder, fragment)
    assert shown(again) == ["a/2"]
    again.close()


def test_a_view_holds_whom_it_is_about_and_can_be_shared(browser, folder):
    page = accounts(browser, folder)
    page.get_by_role("button", name="Gone quiet").click()
    assert shown(page) == ["a1"]
    assert "preset=quiet" in page.evaluate("location.hash")
    page.close()
    again = accounts(browser, folder, "#?preset=quiet")
    assert shown(again) == ["a1"]
    assert again.get_by_role("button", name="Gone quiet").get_attribute("aria-pressed") == "true"
    again.close()


def test_the_picture_of_score_and_revenue_shows_whom_the_filters_leave(browser, folder):
    page = accounts(browser, folder)
    page.locator(".scatter summary").click()
    drawn = "all => all.map(one => one.getAttribute('d')).join('').split('M').length - 1"
    page.wait_for_function("document.querySelector('#scatter [data-band=healthy]')"
                           ".getAttribute('d')")  # fmt: skip
    assert page.locator("#scatter [data-band]").evaluate_all(drawn) == 2, "a3 has no score"
    page.get_by_role("button", name="Gone quiet").click()
    assert page.locator("#scatter [data-band]").evaluate_all(drawn) == 1
    assert violations(page) == []
    page.close()


def test_the_keyboard_alone_reaches_a_filter_and_sets_it(browser, folder):
    page = accounts(browser, folder)
    page.locator("#filters").evaluate("folded => { folded.open = true; }")
    page.locator("#filters summary").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('div.dtsp-searchPane tbody'))"):
            break
    else:
        pytest.fail("no filter was reached by the keyboard")
    page.keyboard.press("Enter")
    assert page.locator("div.dtsp-searchPane tr.selected").count() == 1
    page.close()


def test_two_segments_are_looked_up_and_not_added_up(browser, folder, tables):
    cells = tables.execute(
        "select dimension, segment, second_dimension, second_segment from marts.fct_segment_cube "
        "where weeks_before = 0"
    ).fetchall()
    page = Seen(browser, folder / "segments.html").page
    for cell in cells:
        pairs = cell[:2], cell[2:]
        chosen = [f"{one}={code}" if one != "all" else "" for one, code in pairs]
        page.locator("#first-segment").select_option(chosen[0])
        page.locator("#second-segment").select_option(chosen[1])
        figures = page.locator("[data-figure][data-fact]").evaluate_all(
            "all => all.map(one => [{...one.dataset}, one.textContent])"
        )
        assert figures
        for marks, text in figures:
            attributes = {f"data-{name}": value for name, value in marks.items()}
            value = asked_again(tables, attributes)
            assert is_same(value, attributes["data-value"])
            assert value is None or is_rounding(value, attributes["data-kind"], text)
    page.close()


def test_a_comparison_shows_one_change_of_each_tile_and_can_be_shared(browser, folder):
    page = Seen(browser, folder / "index.html", fragment="#?weeks=13").page
    assert page.locator("#weeks").input_value() == "13"
    weeks = page.locator(".tile [data-weeks]:visible").evaluate_all(
        "all => all.map(one => one.dataset.weeks)"
    )
    assert weeks
    assert set(weeks) == {"13"}
    page.close()


def test_paper_holds_every_customer_and_not_one_page_of_them(browser, folder):
    page = accounts(browser, folder)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == json.loads(page.evaluate("JSON.stringify(3)"))
    page.close()
