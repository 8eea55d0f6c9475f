"""Runs a process and measures it: wall and CPU seconds, peak memory.

This module and all that ``tests.bench`` imports must stay small: on Linux the peak memory of a
process begins at that of the process which started it. So whatever needs DuckDB, Arrow or dbt
runs in a process of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings.environment import NAMES, ROOT

# Linux counts kilobytes, macOS bytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
LINES_OF_A_FAILURE = 25


class StepFailed(RuntimeError):
    """A step ended with an error. The text names it and holds the end of what it said."""


@dataclass(frozen=True)
class Measured:
    """What one step took.

    Attributes:
        step: its name.
        wall: seconds on the clock.
        cpu: seconds of all cores, of the process and those it started.
        peak: bytes of memory at its highest.
        said: what it printed.
    """

    step: str
    wall: float
    cpu: float
    peak: int
    said: str


def run(
    step: str, arguments: Sequence[str], log: Path, settings: Mapping[str, str] | None = None
) -> Measured:
    """Run Python with some arguments to its end, what it says going to a log.

    Raises:
        StepFailed: it ended with an error.
    """
    print(f"{step} …", file=sys.stderr, flush=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(settings or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text()
    if process.returncode != 0:
        end = "\n".join(said.splitlines()[-LINES_OF_A_FAILURE:])
        raise StepFailed(
            f"bench: {step} ended with code {process.returncode}; {log} ends with:\n{end}"
        )
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(step, wall, cpu, usage.ru_maxrss * PEAK_UNIT, said)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with the settings of a step, and no others."""
    # Set to nothing, as what the environment leaves out is read from .env.
    others = dict.fromkeys(NAMES, "")
    # The same on every machine, or figures could not be compared.
    alike = {"MEMORY_LIMIT": "2500MB", "THREADS": "2"}
    silent = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "GX_ANALYTICS_ENABLED": "false"}
    return dict(os.environ) | others | silent | alike | dict(settings)
