"""The doctor command, ``python -m orchestration.commands.doctor``: what will come of what landed.

It reads samples, builds nothing and writes nothing into the landing folder. Below the reports it
leaves a page, and a ``mapping.yml`` to be edited for each folder that nobody knows.
"""

import sys
from pathlib import Path

from orchestration.doctor.examination import examine
from orchestration.doctor.wording import page_of, text_of
from orchestration.landing.errors import LandingError
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import Settings, SettingsError
from orchestration.warehouse.atomic_write import write_atomically

FOLDER = "doctor"


def main(arguments: list[str]) -> int:
    """Examine what has landed; return 0, or 1 where the folder cannot be read."""
    if arguments:
        print("usage: make doctor LANDING=/path/to/files", file=sys.stderr)
        return 2
    keep_files_private()
    try:
        settings = Settings.from_environment()
        place = settings.reports / FOLDER
        done = examine(settings.landing, place)
        drafts = {name: _keep(place / name / "mapping.yml", text) for name, text in
                  done.drafts.items()}  # fmt: skip
        page = place / "doctor.html"
        _keep(page, page_of(done, settings.landing, drafts))
    except (LandingError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
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
