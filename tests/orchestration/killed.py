"""Ends commands by SIGKILL at their nth call to the outside; ``python -m``, asked on its input.

Each line asked is one JSON list: the number of the call (0 to let it run), which calls count, and
what to do: ``land``, ``erase``, ``deliver`` (what the daily run does after its gates) or ``daily``.
Where ``seconds`` count, time decides, which meets
what threads and the engine are at. Each is done by a fork of this process, which has
imported everything once. Calls are those to DuckDB and to the file system, so every state file is
met before, between and after each of its steps; ``writes`` are those of them that a module makes
which writes state. What is not here: what must hold afterwards.
"""

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

from orchestration.commands.erase import erase
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.landing.load import land
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

OUTSIDE = {
    *("execute", "executemany", "connect", "close", "commit", "begin", "rmdir", "symlink"),
    *("fsync", "replace", "rename", "unlink", "remove", "mkdir", "open", "link", "write", "chmod"),
}
# What writes files that a later run reads: ours, and dbt's own manifest.
STATE = (
    "/warehouse/atomic_write.py",
    "/warehouse/run_lock.py",
    "/publication/switch.py",
    "/publication/publish.py",
    "/erasure/fresh_file.py",
    "/landing/landed_state.py",
    "/landing/parts.py",
    "orchestration/dagster_instance.py",
    "orchestration/retention.py",
    "/process/private_files.py",
    "/process/log_capture.py",
    "/execution/noop_check.py",
    "dbt_common/clients/system.py",
    "dbt/artifacts/schemas/base.py",
)
# From a call of a library up to the module that asked for it.
FRAMES = 6


def counting(at: int, which: str = "calls") -> Callable[[FrameType, str, object], None]:
    """Return a hook for ``sys.setprofile`` that counts calls and kills the process at one."""
    counting.calls = 0

    def hook(frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__name__", "") in OUTSIDE:
            if which == "writes" and not is_of_state(frame):
                return
            counting.calls += 1
            if counting.calls == at:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def is_of_state(frame: FrameType | None) -> bool:
    """Tell whether a module that writes state asked for a call."""
    for _ in range(FRAMES):
        if frame is None:
            return False
        if frame.f_code.co_filename.endswith(STATE):
            return True
        frame = frame.f_back
    return False


def do(what: str, settings: Settings) -> int:
    """Do it; return its exit code."""
    if what == "daily":
        from orchestration.commands.run import run

        return run(settings, "daily")
    if what == "deliver":
        from tests.orchestration.part_of_a_run import ALL_DELIVERIES, run_part

        result, why = run_part(settings, [], ALL_DELIVERIES)
        print(*why, *steps_of(result), sep="\n")
        return 0 if result.success else 1
    if what == "erase":
        erase(settings, print)
        return 0
    tables = declared_tables(prepare_manifest(settings))
    with Warehouse.of(settings).writing() as connection:
        land(connection, tables, settings.landing, datetime(2026, 11, 1), print)
    return 0


def steps_of(result) -> list[str]:
    """Return the steps that went well, in their order."""
    return [e.step_key for e in result.all_events if e.event_type_value == "STEP_SUCCESS"]


def forked(at: int, which: str, what: str, settings: Settings, told: Path) -> tuple[int, int]:
    """Do it in a fork that is killed at a call; return its exit code and the number of calls."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        code = 70
        try:
            sys.setprofile(counting(0 if which == "seconds" else at, which))
            if which == "seconds" and at:
                threading.Timer(at, os.kill, (os.getpid(), signal.SIGKILL)).start()
            began = time.perf_counter()
            code = do(what, settings)
            sys.setprofile(None)
            reached = time.perf_counter() - began if which == "seconds" else counting.calls
            os.write(writing, str(int(reached)).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    calls = os.read(reading, 32)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(calls or 0)


def main(told: str, *imported: str) -> None:
    """Answer each line with the exit code, the number of calls, and what was said."""
    settings = Settings.from_environment()
    for module in imported:
        __import__(module)
    for line in sys.stdin:
        at, which, what = json.loads(line)
        code, calls = forked(at, which, what, settings, Path(told))
        said = Path(told).read_text(errors="replace")
        print(json.dumps([code, calls, said]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
