"""The shadow command, ``python -m orchestration.commands.shadow_scores``: what a draft changes.

It reads the publication, so it disturbs no run and says what people already see beside it. What is
not here: how a draft is scored, which the models do for every version whose status is shadow.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.commands.run import run_command
from orchestration.publication.opening import opened_publication
from orchestration.publication.places import database_of
from orchestration.publication.summary import in_words
from orchestration.reporting.words.trust import DIRECTIONS, LABELS
from orchestration.settings.environment import Settings

SEED = "seeds/score_model_versions.csv"
BANDS = """
select account_id, account_name, csm_id, mrr, band, shadow_band, health_score, shadow_score,
    is_other_band
from reports.rpt_shadow_bands
where shadow_version_id = ?
order by mrr desc nulls last, account_id
"""
# What the parts of the draft are worth by themselves, for each outcome at its shortest horizon.
DOUBTED = """
select component_label, nominal_weight, label, horizon_days, status, direction, auc, auc_low,
    auc_high
from reports.rpt_component_track_record
where model_version_id = ? and nominal_weight > 0
    and horizon_days = (select min(horizon_days) from reports.rpt_component_track_record)
    and (direction in ('nothing_to_be_seen', 'against') or status = 'never_measured')
order by status, component_label, label
"""
UNKNOWN = (
    "There is no version {version!r} of the score. Known: {known}. A draft is a row of {seed} with"
    " the status shadow, with its pillars, components and bands in the seeds beside it; then run"
    " make run."
)
NOT_ON_TRIAL = (
    "{version} is {status}, so nothing is tried beside the live version. Give it the status shadow"
    " in {seed} (or a copy of it, under another name) and run make run."
)
NOT_BUILT = (
    "{version} is on trial, but {database} holds no score by it: it was not built since it became"
    " a draft, or no customer is scored by its model. Run make run."
)


class ShadowError(RuntimeError):
    """The draft cannot be shown. The text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Print what a draft would change; return 0, or 1 where it cannot be told."""
    if len(arguments) != 1 or not arguments[0]:
        print("usage: make shadow VERSION=<a version of the score>", file=sys.stderr)
        return 2

    def say(settings: Settings, _: str) -> int:
        for line in shadow(settings, arguments[0]):
            print(line)
        return 0

    return run_command(say, "shadow", ShadowError, reads_built=True)


def shadow(settings: Settings, version: str) -> Iterator[str]:
    """Say who would be in another band under a draft, the most revenue first.

    Raises:
        ShadowError: the version is unknown, no draft on trial, or not built.
    """
    seed = settings.dbt_project / SEED
    statuses = _statuses(seed)
    if version not in statuses:
        known = ", ".join(f"{name} ({status})" for name, status in statuses.items())
        raise ShadowError(UNKNOWN.format(version=version, known=known, seed=seed))
    if statuses[version] != "shadow":
        raise ShadowError(NOT_ON_TRIAL.format(version=version, status=statuses[version], seed=seed))
    accounts = _read(database_of(settings), BANDS, version)
    if not accounts:
        raise ShadowError(NOT_BUILT.format(version=version, database=database_of(settings)))
    moved = [account for account in accounts if account["is_other_band"]]
    yield (
        f"{len(moved)} of {len(accounts)} customers would be in another band under {version}, by"
        " the plain cut on both sides:"
    )
    yield from (_line(account) for account in moved)
    yield from _doubts(_read(database_of(settings), DOUBTED, version))


def _doubts(records: list[dict]) -> Iterator[str]:
    """Name the parts of the draft that say nothing, point the wrong way or are never measured."""
    judged = [record for record in records if record["status"] == "ok"]
    never = dict.fromkeys(
        record["component_label"] for record in records if record["status"] == "never_measured"
    )
    if judged:
        yield "Of its parts, by themselves (50% is a coin):"
    for record in judged:
        ends = (
            ""
            if record["auc_low"] is None
            else f" ({record['auc_low']:.0%} to {record['auc_high']:.0%})"
        )
        outcome = LABELS.get(record["label"], record["label"].replace("_", " "))
        yield (
            f"  {record['component_label']}, weight {record['nominal_weight']:.1%}:"
            f" {record['auc']:.0%}{ends} for {outcome} within {record['horizon_days']} days:"
            f" {DIRECTIONS[record['direction']]}"
        )
    if never:
        yield f"Never measured here, so that their weight is spread: {', '.join(never)}."


def _statuses(seed: Path) -> dict[str, str]:
    with seed.open(newline="", encoding="utf-8") as file:
        return {row["model_version_id"]: row["status"] for row in csv.DictReader(file)}


def _read(database: Path, query: str, version: str) -> list[dict]:
    if not database.exists():
        return []
    with opened_publication(published=database) as connection:
        try:
            found = connection.execute(query, [version])
        except duckdb.CatalogException:
            return []
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _line(account: dict) -> str:
    scores = f"{account['health_score']:5.1f} -> {account['shadow_score']:5.1f}"
    bands = f"{_band(account['band'])} -> {_band(account['shadow_band'])}"
    name = account["account_name"] or account["account_id"]
    revenue = in_words(account["mrr"], "a month")
    owner = account["csm_id"] or "nobody"
    return f"  {account['account_id']:<14} {name:<28.28} {scores}   {bands:<20} {revenue}, {owner}"


def _band(code: str | None) -> str:
    return (code or "no band").replace("_", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
