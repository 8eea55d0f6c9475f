"""The doctor command, ``python -m orchestration.commands.doctor``: what will come of what landed.

It reads samples, builds nothing and writes nothing into the landing folder. Below the reports it
leaves a page, and a ``mapping.yml`` to be edited for each folder that nobody knows.
"""

import sys
from pathlib import Path

from orchestration.commands.run import run_command
from orchestration.doctor.examination import examine
from orchestration.doctor.wording import page_of, text_of
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically

FOLDER = "doctor"


def main(arguments: list[str]) -> int:
    """Examine what has landed; return 0, or 1 where the folder cannot be read."""
    if arguments:
        print("usage: make doctor LANDING=/path/to/files", file=sys.stderr)
        return 2
    return run_command(examine_and_say, "doctor")


def examine_and_say(settings: Settings, _: str) -> int:
    """Examine what has landed, leave a page, and say what was found; return the exit code."""
    keep_files_private()
    place = settings.reports / FOLDER
    done = examine(settings.landing, place)
    drafts = {name: _keep(place / name / "mapping.yml", text) for name, text in done.drafts.items()}
    page = place / "doctor.html"
    _keep(page, page_of(done, settings.landing, drafts))
    for line in text_of(done):
        print(line)
    for name, path in drafts.items():
        print(f"A mapping for {name}/ was drafted: edit {path}, then make doctor again.")
    print(f"The page: {page}")
    return 0


def _keep(path: Path, text: str) -> Path:
    with write_atomically(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
