"""What the numbers do not rest on; a caveat is an entry of the list below."""

from markupsafe import Markup

from orchestration.reporting.formats import noun
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.statement import NOTHING, Statement


def caveats(page: Page) -> Statement:
    """Say what the numbers do not rest on."""
    found = told_caveats(page)
    if not found:
        what = Markup("<strong>Nothing is held against the data</strong>: every line was read.")
        return Statement(what, NOTHING, "definitions.html#checks", "Data")
    what = Markup("<strong>Read with care:</strong> {}.").format(Markup("; ").join(found))
    if page.total("unbalanced_table_count"):
        so_what = Markup("Lines are missing: act on no number before this is mended.")
    else:
        so_what = Markup("Every line is accounted for; what is missing is not counted as zero.")
    return Statement(what, so_what, "definitions.html#checks", "Data behind this page")


def told_caveats(page: Page) -> list[Markup]:
    """Return each thing that the numbers do not rest on; none where there is none."""
    return [write(page) for name, write in CAVEATS if page.total(name)]


def counted(name: str, one: str, many: str, of: str | None = None) -> tuple:
    """Make a caveat from a total and, where there is one, the total it is part of."""
    totals = (name, of) if of else (name,)

    def write(page: Page) -> Markup:
        text = Markup(noun(page.total(name), one, many))
        return text.format(*(page.show_total(total) for total in totals))

    return name, write


CAVEATS = (
    counted(
        "unbalanced_table_count",
        "{} landed table does not balance",
        "{} landed tables do not balance",
    ),
    # The report shows the first of them only, and this one is a duty.
    counted(
        "erasure_requests_overdue",
        "{} of {} open requests to be forgotten is overdue",
        "{} of {} open requests to be forgotten are overdue",
        "erasure_requests_open",
    ),
    counted(
        "sources_absent",
        "{} of {} sources is not connected",
        "{} of {} sources are not connected",
        "source_count",
    ),
    counted(
        "sources_stale",
        "{} of {} sources is stale",
        "{} of {} sources are stale",
        "source_count",
    ),
    counted(
        "not_understood_count",
        "{} thing in your files was not understood",
        "{} things in your files were not understood",
    ),
    counted("files_refused", "{} file could not be read", "{} files could not be read"),
    counted(
        "rows_quarantined",
        "{} of {} lines was refused",
        "{} of {} lines were refused",
        "lines_read",
    ),
    counted(
        "metrics_not_ok",
        "{} of {} metrics cannot be shown yet",
        "{} of {} metrics cannot be shown yet",
        "metric_count",
    ),
    counted(
        "accounts_without_mrr",
        "the revenue of {} customer is not known",
        "the revenue of {} customers is not known",
    ),
    counted(
        "accounts_too_new",
        "{} customer is too new for a score",
        "{} customers are too new for a score",
    ),
)
