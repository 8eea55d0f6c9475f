"""The propose command, ``python -m orchestration.commands.propose``: weights and curves proposed.

It prints what the customer's own outcomes propose for each live version of the score, what that is
worth on customers and Mondays that it has not seen, and who would change band; with a folder it
writes the draft as seeds, for ``make shadow``. Nothing is ever applied by itself.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from orchestration.commands.run import run_command
from orchestration.proposal.draft import Draft, DraftError, write_drafts
from orchestration.proposal.history import (
    HistoryError,
    Outcomes,
    Today,
    read_history,
    read_last_day,
    read_outcomes,
    read_today,
)
from orchestration.proposal.judging import Judgement, Proposal, judge, propose, scored
from orchestration.proposal.version import Version, base_scores, live_versions
from orchestration.publication.opening import opened_publication
from orchestration.publication.places import database_of
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

# Fewest accounts with the outcome, and without, for a proposal.
NEEDED = 50
MOVERS_SHOWN = 25
VERDICTS = {
    "keep": "keep: chance cannot be ruled out, so the weights stay as they are",
    "consider": "consider: it ranks better by more than chance",
    "strong": "strong: it ranks better by two points of the AUC or more, surely",
}
BENT = {
    "never_measured": "never measured here, so its weight is spread",
    "too_few": "written curve, too few outcomes",
    "nothing_to_be_seen": "written curve, says nothing here",
    "against": "written curve, points the wrong way",
}


def main(arguments: list[str]) -> int:
    """Print the proposals; return 0, or 1 where there is nothing to read or to write to."""
    parser = argparse.ArgumentParser(prog="make propose", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where the draft is written as seeds")
    parser.add_argument("--model", help="one model only, as mature; all live ones where not told")
    parser.add_argument("--label", default="churn", help="the outcome, as in fct_account_outcomes")
    parser.add_argument("--horizon", type=int, help="days of the window; the shortest if not told")
    chosen = parser.parse_args(arguments)
    return run_command(
        lambda settings, _: propose_and_say(settings, chosen),
        "propose",
        HistoryError,
        DraftError,
        reads_built=True,
    )


def propose_and_say(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say what is proposed, and write the draft where a folder is named; return the exit code."""
    seeds = settings.dbt_project / "seeds"
    drafts: list[Draft] = []
    with reading(settings) as connection:
        for version in _chosen_versions(seeds, chosen.model):
            for line in proposed(connection, version, chosen.label, chosen.horizon, drafts):
                print(line)
            print()
        last_day = read_last_day(connection)
    for line in _written(seeds, chosen.folder, drafts, last_day):
        print(line)
    return 0


def proposed(
    connection: duckdb.DuckDBPyConnection,
    version: Version,
    label: str,
    horizon: int | None,
    drafts: list[Draft],
) -> Iterator[str]:
    """Say what is proposed for a version; add it to the drafts where it is worth a try.

    Raises:
        HistoryError: the seeds are not those that were built.
    """
    outcomes = read_outcomes(connection, version)
    horizon = horizon or min((row.horizon_days for row in outcomes), default=0)
    asked = [row for row in outcomes if (row.label, row.horizon_days) == (label, horizon)]
    left, stayed = (asked[0].left, asked[0].stayed) if asked else (0, 0)
    outcome = label.replace("_", " ")
    title = f"{version.version}: {outcome} within {horizon} days"
    if not asked:
        within = f" within {horizon} days" if horizon else ""
        yield f"{version.version}: no proposal."
        yield f"  Of no customer that it scored is the outcome {outcome}{within} known yet."
        yield from _enough_elsewhere(outcomes)
        return
    if min(left, stayed) < NEEDED:
        yield f"{title}: too few outcomes for a proposal."
        yield (
            f"  Of the customers that it scored {left} had it and {stayed} had not; {NEEDED} of"
            " each are needed."
        )
        yield from _enough_elsewhere(outcomes)
        return
    history = read_history(connection, version, label, horizon)
    proposal, judgement = propose(version, history), judge(version, history)
    yield f"{title}: {left} customers had it, {stayed} had not."
    yield from _weights(version, proposal, judgement)
    yield from _alarms(version, proposal)
    yield from _judged(judgement)
    yield from _movers(version, proposal, read_today(connection, version))
    if judgement.verdict != "keep":
        gain = judgement.new - judgement.old
        effect = f"AUC {gain:+.3f} ({judgement.low:+.3f} to {judgement.high:+.3f})"
        reason = f"{judgement.verdict}: proposed from {left} outcomes ({label}, {horizon} days)"
        drafts.append(Draft(version, proposal, reason, effect))


def _enough_elsewhere(outcomes: list[Outcomes]) -> Iterator[str]:
    enough = [
        f"{row.label} within {row.horizon_days} days ({row.left})"
        for row in outcomes
        if min(row.left, row.stayed) >= NEEDED
    ]
    if enough:
        yield f"  There are enough of: {', '.join(enough)}. Name it with LABEL=… HORIZON=…"


def _weights(version: Version, proposal: Proposal, judgement: Judgement) -> Iterator[str]:
    lowest, highest = judgement.weights.min(axis=0), judgement.weights.max(axis=0)
    yield "  component                          written  proposed  without a fifth  curve"
    for number in np.argsort(-version.weights, kind="stable"):
        bend = proposal.bends[number]
        curve = BENT.get(bend.direction, "written curve, which holds")
        if bend.is_bent:
            pairs = zip(bend.written, bend.proposed, strict=True)
            curve = "scores " + ", ".join(f"{old:g}->{new:g}" for old, new in pairs)
        elif bend.direction == "as_expected" and len(bend.written) < 2:
            curve = "written curve, of percentiles or up and down"
        yield (
            f"  {version.labels[number]:<34.34} {version.weights[number]:7.1%}"
            f"  {proposal.weights[number]:8.1%}  {lowest[number]:5.1%} to {highest[number]:5.1%}"
            f"   {curve}"
        )


def _alarms(version: Version, proposal: Proposal) -> Iterator[str]:
    for label, bend in zip(version.labels, proposal.bends, strict=True):
        if bend.direction == "against":
            yield (
                f"  ALARM: {label} points the wrong way: the better its score, the more customers"
                " had the outcome. Look at its definition and its source; its curve stays, and no"
                " weight becomes negative."
            )


def _judged(judgement: Judgement) -> Iterator[str]:
    seen = (
        "(before and after any day there are too few outcomes to keep time apart)"
        if judgement.first_monday is None
        else f"and Mondays that came later, from {date.fromordinal(judgement.first_monday)} on"
    )
    yield f"  Judged on customers that it did not know {seen}; {judgement.left} of them had it:"
    yield (
        f"  AUC {judgement.old:.3f} -> {judgement.new:.3f},"
        f" difference {judgement.new - judgement.old:+.3f},"
        f" 95% interval {judgement.low:+.3f} to {judgement.high:+.3f}."
    )
    yield f"  Verdict: {VERDICTS[judgement.verdict]}."


def _movers(version: Version, proposal: Proposal, today: Today) -> Iterator[str]:
    old = np.minimum(base_scores(version, today.scores), today.caps)
    new = np.minimum(scored(version, proposal, today.scores, today.is_measured), today.caps)
    moved = [
        (name, before, after)
        for name, before, after in zip(today.names, old, new, strict=True)
        if version.band(round(before, 9)) != version.band(round(after, 9))
    ]
    yield f"  {len(moved)} of {len(today.names)} customers would change band, by the plain cut:"
    for name, before, after in sorted(moved, key=lambda row: row[2] - row[1])[:MOVERS_SHOWN]:
        bands = f"{version.band(before)} -> {version.band(after)}".replace("_", " ")
        yield f"    {name:<24} {before:5.1f} -> {after:5.1f}   {bands}"
    if len(moved) > MOVERS_SHOWN:
        yield f"    and {len(moved) - MOVERS_SHOWN} more"


def _written(seeds: Path, folder: Path | None, drafts: list[Draft], day: date) -> Iterator[str]:
    if not drafts:
        yield "Nothing is worth a try, so there is no draft: the weights stay as they are."
    elif folder is None:
        yield "Name a folder to have the draft written: make propose DRAFT=…"
    else:
        names = write_drafts(seeds, folder, drafts, day)
        yield f"Written to {folder}: the seeds with {' and '.join(names)} as shadow below."
        yield f"Copy them over {seeds}, then: make run; make shadow VERSION={names[0]}"


def _chosen_versions(seeds: Path, model: str | None) -> list[Version]:
    versions = live_versions(seeds)
    chosen = [version for version in versions if model in (None, version.model)]
    if not chosen:
        known = ", ".join(version.model for version in versions)
        raise HistoryError(f"There is no live version of the model {model!r}. Known: {known}.")
    return chosen


@contextmanager
def reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the publication, or the warehouse where nothing is published yet.

    Raises:
        HistoryError: neither is there, or it holds no outcomes.
        WarehouseError: it is damaged, or a run is at work.
    """
    published, warehouse = database_of(settings), settings.warehouse
    if published.exists():
        opened = opened_publication(published=published)
    elif warehouse.exists():
        opened = Warehouse.of(settings).reading()
    else:
        raise HistoryError(
            f"Nothing is built yet: neither {published} nor {warehouse} is there. Run make run."
        )
    with opened as connection:
        try:
            connection.execute("select 1 from marts.fct_account_outcomes limit 1")
        except duckdb.CatalogException as error:
            raise HistoryError(
                f"{published if published.exists() else warehouse} holds no outcomes of scores "
                "yet. Run make run."
            ) from error
        yield connection


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
