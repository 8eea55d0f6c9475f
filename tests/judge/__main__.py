"""The command line: which sets, where the work is done, where the tables go."""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from data.git_history.reading import SourceError as GitHistoryError
from data.open_university.published_files import SourceError as UniversityError
from tests.judge.data_sets import (
    DataSet,
    commit_of,
    demonstration,
    git_history,
    university,
    warehouse_of,
)
from tests.judge.outlook_table import of_outlooks
from tests.judge.outlooks import outlooks
from tests.judge.rows import questions
from tests.judge.silence import said, silence_of
from tests.judge.tables import summary, table
from tests.judge.written import MarksMissing, write

SOURCES = {"university": "JUDGE_UNIVERSITY", "git_history": "JUDGE_GIT_HISTORY"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge every set that is named, print the tables, and write them where that is asked."""
    chosen = _parser().parse_args(arguments)
    sets = _sets(chosen)
    if not sets:
        print(
            "No data set is named: give --university, --git-history or --company, or set "
            f"{' or '.join(SOURCES.values())}.",
            file=sys.stderr,
        )
        return 2
    names = [judged.name for judged in sets]
    if len(set(names)) < len(names):
        print(f"Two data sets are called alike: {', '.join(sorted(names))}.", file=sys.stderr)
        return 2
    unknown = sorted({name for name, _ in chosen.before} - set(names))
    if unknown:
        print(
            f"--before names {', '.join(unknown)}; the sets are {', '.join(names)}.",
            file=sys.stderr,
        )
        return 2
    say = partial(print, file=sys.stderr, flush=True)
    asked, silences, learned = {}, {}, {}
    try:
        for judged in sets:
            settings = warehouse_of(judged, chosen.work, say, is_built=chosen.built)
            before = dict(chosen.before).get(judged.name)
            asked[judged] = list(questions(settings.warehouse, judged.labels, before))
            if judged.company is None:
                silences[judged] = silence_of(settings.warehouse)
            say(f"{judged.name}: learning who will leave")
            learned[judged] = list(outlooks(judged, settings))
        lines = summary(asked)
        for judged, found in asked.items():
            lines += ["", f"### `{judged.name}`: {judged.title}", ""]
            lines += [f"Built at commit {commit_of(judged, chosen.work)}."]
            lines += [said(silences[judged])] if judged in silences else []
            lines += ["", *table(found)]
        of_outlook = of_outlooks(learned)
        print("\n".join([*of_outlook, "", *lines]))
        if chosen.write:
            write(chosen.write, lines)
        if chosen.write_outlook:
            write(chosen.write_outlook, of_outlook)
    except (GitHistoryError, UniversityError, MarksMissing) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.judge", description=main.__doc__)
    parser.add_argument("--work", type=Path, required=True, help="landing files and warehouses")
    parser.add_argument("--university", type=Path, nargs="+", help="folders of published files")
    parser.add_argument("--git-history", type=Path, nargs="+", help="folders of usage.csv.gz")
    parser.add_argument("--company", nargs="+", default=[], help="sizes: tiny small demo large")
    parser.add_argument("--built", action="store_true", help="judge what is built, build nothing")
    parser.add_argument("--write", type=Path, help="the page with the marks for the tables")
    parser.add_argument("--write-outlook", type=Path, help="that for the table of the outlook")
    parser.add_argument(
        "--before",
        type=_named_warehouse,
        nargs="+",
        default=[],
        help="NAME=WAREHOUSE of an older build of the same landing files",
    )
    return parser


def _named_warehouse(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text!r}: expected NAME=WAREHOUSE, and no such file")
    return name, Path(path)


def _sets(chosen: argparse.Namespace) -> list[DataSet]:
    named = {
        "university": chosen.university or _folders(SOURCES["university"]),
        "git_history": chosen.git_history or _folders(SOURCES["git_history"]),
    }
    return [
        *(university(folder) for folder in named["university"]),
        *(git_history(folder) for folder in named["git_history"]),
        *(demonstration(size) for size in chosen.company),
    ]


def _folders(variable: str) -> list[Path]:
    """Return the folders that an environment variable names, separated as in PATH."""
    return [Path(name) for name in os.environ.get(variable, "").split(os.pathsep) if name]


if __name__ == "__main__":
    sys.exit(main())
