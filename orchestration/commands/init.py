"""The init command, ``python -m orchestration.commands.init``: the questions that no file answers.

At a terminal it asks, with suggestions from the data. Elsewhere it takes ``--answers FILE`` and
``--<question> VALUE``; what nobody answers is left as it is and said. It writes catalogues into
the landing folder, variables of the dbt project, and the mappings that the doctor drafted.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from orchestration.commands.doctor import FOLDER
from orchestration.commands.run import run_command
from orchestration.doctor.answers import (
    QUESTIONS,
    AnswerError,
    Answers,
    check,
    event_counts,
    given,
    read_answers,
    suggestions,
)
from orchestration.doctor.catalogues import place_mappings, write_catalogues, write_variables
from orchestration.doctor.examination import Examination, loaded_sample
from orchestration.doctor.moved_days import zones_of
from orchestration.landing.text_formats import formats_in
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically

# An event that is rare must be seen, too.
BYTES_OF_A_TABLE = 8 * 1024 * 1024


def main(arguments: list[str]) -> int:
    """Ask, and write what was answered; return 0, or 1 where an answer cannot be used."""
    parser = argparse.ArgumentParser(prog="make init", description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=Path, help="a YAML file with answers")
    for name, question in QUESTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=question)
    chosen = vars(parser.parse_args(arguments))
    return run_command(lambda settings, _: ask_and_write(settings, chosen), "init", AnswerError)


def ask_and_write(settings: Settings, chosen: Mapping[str, Any]) -> int:
    """Ask what no file answers, and write what was answered; return the exit code."""
    keep_files_private()
    drafts = settings.reports / FOLDER
    with loaded_sample(settings.landing, drafts, Examination(), BYTES_OF_A_TABLE) as (
        connection,
        sample,
        _said,
    ):
        events = event_counts(connection)
        suggested = suggestions(connection, events, zones_of(sample.place))
    answers = read_answers(chosen["answers"]) if chosen["answers"] else Answers()
    flags = {name: chosen[name] for name in QUESTIONS if chosen[name] is not None}
    answers = replace(answers, **{name: getattr(given(flags), name) for name in flags})
    _show(events)
    if sys.stdin.isatty() and not chosen["answers"] and not flags:
        answers = _ask(suggested)
    check(answers, events)
    for line in (
        *place_mappings(settings.landing, drafts),
        *write_catalogues(settings.landing, answers, events),
        *write_variables(settings.dbt_project, answers),
    ):
        print(line)
    _say_what_is_open(answers, suggested, drafts)
    return 0


def _show(events: Mapping[str, int]) -> None:
    print(f"{len(events)} kinds of events in the sample that was read:")
    for name, count in events.items():
        # An event may be called by what somebody typed.
        print(f"  {count:>8}  {'…' if formats_in(name) else name}")


def _ask(suggested: Answers) -> Answers:
    said = {}
    for name, question in QUESTIONS.items():
        value = _written(getattr(suggested, name))
        answer = input(f"{question}\n  [{value}] (Enter: as in brackets; -: no answer) ").strip()
        if answer != "-" and (answer or value):
            said[name] = answer or value
    return given(said)


def _say_what_is_open(answers: Answers, suggested: Answers, drafts: Path) -> None:
    open_ones = [name for name in QUESTIONS if getattr(answers, name) in (None, ())]
    if not open_ones:
        return
    path = drafts / "answers.yml"
    proposed = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(suggested).items()
    }
    with write_atomically(path) as unfinished:
        text = yaml.safe_dump(proposed, allow_unicode=True, sort_keys=False)
        unfinished.write_text(text, encoding="utf-8")
    print(f"Not answered, so left as it is: {', '.join(open_ones)}.")
    print(f"Suggestions are in {path}: correct them, then make init ANSWERS={path}")


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return {True: "yes", False: "no", None: ""}.get(value, str(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
