"""Files that only their owner reads: all that a run writes, but for what it publishes.

Frameworks make files of their own, so the process as a whole is told. What is not here: the
publication's files, which are as open as whoever started the run has files be (``umask``).
"""

import os
from pathlib import Path

PRIVATE = 0o077
# No setting: what was asked for is told to the processes that this one starts, as Dagster's server
# starts runs. They inherit the other one, and would publish for nobody.
TOLD = "CUSTOMER_HEALTH_UMASK"
_asked_for: list[int] = []


def keep_files_private() -> None:
    """Have every file and folder that this process makes from now on be its owner's alone."""
    before = os.umask(PRIVATE)
    if not _asked_for:
        is_ours = before == PRIVATE and TOLD in os.environ
        _asked_for.append(int(os.environ[TOLD], 8) if is_ours else before)
        os.environ[TOLD] = f"{_asked_for[0]:03o}"


def share_file(path: Path) -> None:
    """Make a file as open as this process was asked to make files before."""
    path.chmod(0o666 & ~_umask())


def make_shared_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for readers of what is published."""
    if folder.is_dir():
        return
    make_shared_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777 & ~_umask())


def _umask() -> int:
    keep_files_private()
    return _asked_for[0]
