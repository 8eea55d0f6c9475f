"""Files whose last line has no end: read once nobody writes to them any more.

A table cut within its last field would load a wrong value. What is not here: files that change
while they are read, which ``batches`` notices.
"""

import time
from collections.abc import Callable, Sequence

from orchestration.landing.files import LandingFile, Limits, hashed

WAITS = "it was written to while it was looked at, and its last line has no end"


def quiet_files(
    files: Sequence[LandingFile], limits: Limits, report: Callable[[str], None]
) -> tuple[list[LandingFile], dict[str, str]]:
    """Return the files that can be read now, and why the others wait, by their names.

    Where a file may still be being written it is waited for, for no longer than it has to be quiet.
    """
    young = {file.name: _seconds_left(file, limits) for file in files if file.is_open_ended}
    young = {name: left for name, left in young.items() if left > 0}
    if not young:
        return list(files), {}
    left = max(young.values())
    report(
        f"Waiting {left:.1f} s for {', '.join(sorted(young))}: the last line has no end, and it "
        f"was written to less than {limits.quiet_seconds:g} s ago."
    )
    time.sleep(left)
    now = {file.name: hashed(file, limits.unpack_ratio) for file in files if file.name in young}
    waiting = {
        file.name: WAITS
        for file in files
        if file.name in young and _is_another(file, now[file.name])
    }
    return [now.get(file.name, file) for file in files if file.name not in waiting], waiting


def _seconds_left(file: LandingFile, limits: Limits) -> float:
    age = time.time() - file.modified_ns / 1e9
    # A time that lies in the future is that of another clock, and tells nothing.
    return limits.quiet_seconds - age if age >= 0 else 0.0


def _is_another(file: LandingFile, now: LandingFile) -> bool:
    return (file.sha256, file.size) != (now.sha256, now.size) and now.is_open_ended
