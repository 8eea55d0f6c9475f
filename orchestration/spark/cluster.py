"""A standalone cluster in place of this process: what must be so before it is given work.

The driver stays in the process of dbt; the executors of the workers read and write the tables, so
they and the driver must see the same folder. What is not here: who starts master and workers.
"""

import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.spark.error import SparkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONNECT_SECONDS = 5
# A worker starts the Java process of an executor, on a busy machine in more than ten seconds.
EXECUTOR_SECONDS = 90
PROBE = ".seen"


def check_master(address: str) -> None:
    """Raise SparkError where no master of the address answers."""
    masters = address.removeprefix("spark://").split(",")
    for master in masters:
        host, port = master.rsplit(":", 1)
        try:
            with socket.create_connection((host, int(port)), CONNECT_SECONDS):
                return
        except OSError:
            continue
    raise SparkError(
        f"SPARK_MASTER: nobody answers at {address}; expected the master of a standalone cluster. "
        "Start it, or leave the setting empty to build in the process of the run."
    )


def check_workers(session: "SparkSession", address: str, folder: Path) -> None:
    """Raise SparkError where no worker takes work, or one does not see the folder of the tables.

    A worker that sees another folder of the same name would write its rows there, and the table
    would lack them without a word.
    """
    waited_until = time.monotonic() + EXECUTOR_SECONDS
    while executor_count(session) == 0:
        if time.monotonic() > waited_until:
            raise SparkError(
                f"No worker of {address} took work within {EXECUTOR_SECONDS} seconds; expected one "
                "with a free core and as much memory as an executor asks for. Start workers, or "
                "end what keeps them busy."
            )
        time.sleep(0.2)
    place = folder / PROBE
    shutil.rmtree(place, ignore_errors=True)
    parts = 4 * max(session.sparkContext.defaultParallelism, 2)
    why = "what they write there does not arrive"
    try:
        session.range(0, parts, 1, parts).write.parquet(str(place))
        seen = sum(1 for _ in place.glob("part-*.parquet"))
        # Each part was written by one worker and may be read by another.
        if seen == parts and session.read.parquet(str(place)).count() == parts:
            return
    except Exception as error:  # Java's own, of as many kinds as there are ways not to see it.
        why = type(error).__name__
    finally:
        shutil.rmtree(place, ignore_errors=True)
    raise SparkError(
        f"The workers of {address} do not all see {folder} ({why}); expected a folder that this "
        "machine and every worker read and write by the same path. Name the warehouse on such "
        "storage: WAREHOUSE=…"
    )


def executor_count(session: "SparkSession") -> int:
    """Return how many executors of workers are at hand."""
    # The driver is in the list, too.
    return session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
