"""What is old is cleared at the end of a run, where a setting says after how many days.

Refused lines lose their text and keep their place and reason, which figures are made of; editions
of the report and their exports go as folders. Raw rows stay: every table is made of them anew when
the project changes. What is not here: logs and Dagster's record, of which ``RUNS_KEPT`` stay.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from orchestration.publication.places import published_listing
from orchestration.publication.switch import clear_replaced
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

# Below the reports: letters about runs that no mail server took.
RUNS = "runs"
OLD_TEXTS = (
    "from raw.quarantine where line is not null and load_id in "
    "(select load_id from raw.loads where loaded_at < $before)"
)


def clear_old(settings: Settings, today: date) -> Iterator[str]:
    """Clear what is older than the settings let it be; say what was cleared.

    Args:
        settings: with the days for which each is kept; None keeps it for good.
        today: the day from which ages count back (UTC).
    """
    if settings.keep_quarantine_days is not None:
        count = clear_quarantined_texts(
            settings, today - timedelta(days=settings.keep_quarantine_days)
        )
        if count:
            yield (
                f"Cleared the texts of {count:,} refused lines that landed more than "
                f"{settings.keep_quarantine_days} days ago; their places and reasons stay."
            )
    if settings.keep_reports_days is not None:
        before = today - timedelta(days=settings.keep_reports_days)
        gone = clear_reports(settings.reports, before, _published_day(settings))
        if count := clear_letters(settings.reports / RUNS, before):
            yield (
                f"Cleared {count} letters about runs: they are older than "
                f"{settings.keep_reports_days} days."
            )
        if gone:
            yield (
                f"Cleared the reports of {len(gone)} days, the last of them {gone[-1]}: they are "
                f"older than {settings.keep_reports_days} days."
            )
    if gone := clear_replaced(settings.published, settings.keep_publications_hours):
        yield (
            f"Cleared {gone} publications that were replaced more than "
            f"{settings.keep_publications_hours} hours ago."
        )


def clear_quarantined_texts(settings: Settings, before: date) -> int:
    """Take the texts of lines that landed before a day out of quarantine, in one transaction."""
    with Warehouse.of(settings).writing() as connection:
        connection.begin()
        (count,) = connection.execute(f"select count(*) {OLD_TEXTS}", {"before": before}).fetchone()
        if count:
            # A reason may show what was found, as quarantine itself does.
            connection.execute(
                "update raw.quarantine set line = null, "
                "reason = split_part(split_part(reason, ': \"', 1), ' but found', 1) "
                "where rowid in (select rowid " + OLD_TEXTS + ")",
                {"before": before},
            )
        connection.commit()
    return count


def clear_reports(reports: Path, before: date, kept: date | None) -> list[date]:
    """Remove the folders of editions of days before a day, but for one; return the days."""
    days = {
        day: path
        for path in reports.glob("*")
        if (day := _day(path)) and day < before and day != kept
    }
    for day in sorted(days):
        # A killed removal leaves a folder that the next one removes.
        shutil.rmtree(days[day])
    return sorted(days)


def clear_letters(folder: Path, before: date) -> int:
    """Remove letters about runs, where no mail server took them, that are older than a day."""
    moment = datetime(before.year, before.month, before.day, tzinfo=UTC).timestamp()
    old = [path for path in folder.glob("*.eml") if path.lstat().st_mtime < moment]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _published_day(settings: Settings) -> date | None:
    # However old it is: the run that asks has just written its report.
    listing = published_listing(settings)
    return date.fromisoformat(listing["as_of"]) if listing else None


def _day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name) if path.is_dir() and not path.is_symlink() else None
    except ValueError:
        return None
