"""Ends a command by SIGKILL at its nth call to the outside; ``python -m`` with three arguments.

They are the number of the call (0 to let it run), a file to write the number of all calls to, and
what to do: ``land``, ``erase`` or ``daily``. Calls are those to DuckDB and to the file system, so
every state file is met before, between and after each of its steps. What is not here: what must
hold afterwards.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

from orchestration.settings.environment import Settings

OUTSIDE = {
    *("execute", "executemany", "connect", "close", "commit", "begin"),
    *("fsync", "replace", "rename", "unlink", "remove", "mkdir", "open", "link", "write", "chmod"),
}


def counting(at: int) -> Callable[[FrameType, str, object], None]:
    """Return a hook for ``sys.setprofile`` that counts calls and kills the process at one."""
    counting.calls = 0

    def hook(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in OUTSIDE:
            counting.calls += 1
            if counting.calls == at:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def main(at: str, told: str, what: str) -> int:
    """Do it, and be killed at the call; return its exit code."""
    settings = Settings.from_environment()
    if what == "daily":
        from orchestration.commands.run import run

        do = lambda: run(settings, "daily")  # noqa: E731
    elif what == "erase":
        from orchestration.commands.erase import erase

        do = lambda: erase(settings, print) or 0  # noqa: E731
    else:
        from orchestration.dbt_runner.manifest import prepare_manifest
        from orchestration.landing.contract import declared_tables
        from orchestration.landing.load import land
        from orchestration.warehouse.connection import Warehouse

        tables = declared_tables(prepare_manifest(settings))

        def do() -> int:
            with Warehouse.of(settings).writing() as connection:
                land(connection, tables, settings.landing, datetime(2026, 11, 1), print)
            return 0

    sys.setprofile(counting(int(at)))
    code = do()
    sys.setprofile(None)
    Path(told).write_text(str(counting.calls))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
