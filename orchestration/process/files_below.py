"""What lies below a folder, whatever kind it is of and whoever may not look at it.

No link is followed, and no folder that cannot be opened, or lies deeper than calls may, is in the
way of the others. What is not here: what becomes of what is no file, which ``landing.files`` says.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path


def files_below(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield every regular file below a folder with its status; nothing where there is no folder."""
    for path, status in entries_below(folder):
        if stat.S_ISREG(status.st_mode):
            yield path, status


def entries_below(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield files, links, pipes and all else below a folder but for folders, with their status."""
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry))
                else:
                    yield Path(entry), entry.stat(follow_symlinks=False)
            except OSError:
                continue
