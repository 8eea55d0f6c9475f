"""The Spark session that dbt builds in, and what must be so before there is one.

dbt-spark asks for the session of its process, so whoever builds starts it here first: memory,
folders and the metastore can be said only before the Java process starts. What is not here: what
is built in it, which is ``build``'s.
"""

import fcntl
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from orchestration.process.private_files import keep_files_private
from orchestration.settings.pseudonym_key import read_pseudonym_key
from orchestration.spark.cluster import check_master, check_workers
from orchestration.spark.error import SparkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PYSPARK = "4.3"
# Java of the releases that Spark 4.3 runs on.
JAVA = (17, 21)
# Of a few thousand rows nearly all the time goes into plans. None of these changes a row.
FOR_FEW_ROWS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "1",
    # Plans once for a query, and not once more for each of its stages.
    "spark.sql.adaptive.enabled": "false",
    # Without adaptive execution Spark 4.3 asks which folders are pruned before it has been told.
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",
    # Nobody reads the plans, which are written out for each query.
    "spark.sql.ui.explainMode": "simple",
    "spark.sql.maxPlanStringLength": "1000",
    # What follows from a filter is worked out for every column, and here spares no row.
    "spark.sql.constraintPropagation.enabled": "false",
    # All the days of a table are one task; each would be sent its plan and all settings of Hadoop.
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.leafNodeDefaultParallelism": "1",
}
INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[spark]'"


class SparkSettings(Protocol):
    """What a session follows from: a part of ``Settings``.

    Attributes:
        warehouse: the working file of DuckDB; the folder ``spark`` lies beside it.
        threads: number of cores that a build uses.
        spark_master: address of the cluster that builds; nothing for this process.
        pseudonym_key_file: file with the key of the pseudonyms; None where there is none.
    """

    warehouse: Path
    threads: int
    spark_master: str
    pseudonym_key_file: Path | None


def folder_of(settings: SparkSettings) -> Path:
    """Return the folder of everything that Spark keeps: tables, raw tables, metastore."""
    return settings.warehouse.parent / "spark"


def start(settings: SparkSettings, memory: str = "2g", small: bool = False) -> "SparkSession":
    """Start the session of this process, with the key of the pseudonyms as its variable.

    Args:
        settings: where things are.
        memory: of the Java process, as Java writes it.
        small: for a few thousand rows, which are read before code for them would be compiled.

    Raises:
        SparkError: Java or pyspark is missing or another one, the folder cannot be written, or
            another process holds the metastore, or the cluster cannot be given work.
        SettingsError: the key file cannot be used.
    """
    check_pyspark()
    from pyspark.sql import SparkSession

    folder = folder_of(settings)
    key = read_pseudonym_key(settings.pseudonym_key_file)
    session = SparkSession.getActiveSession()
    if session is not None and not _keeps_tables_in(session, folder):
        # Of another warehouse, which this process has built before.
        session.stop()
        session = None
    # A later invocation of the same process: the metastore is open in it.
    if session is None:
        check_java()
        keep_files_private()
        check_folder(folder)
        check_metastore(folder)
        if settings.spark_master:
            check_master(settings.spark_master)
        master = settings.spark_master or f"local[{settings.threads}]"
        builder = SparkSession.builder.master(master).enableHiveSupport()
        for name, value in configuration(settings, memory, small).items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        if settings.spark_master:
            _check_workers(session, settings.spark_master, folder)
    session.sparkContext.setLogLevel("OFF")
    session.sql("declare or replace variable pseudonym_key string")
    # As a parameter, so that the text of the statement tells nothing.
    session.sql("set variable pseudonym_key = :key", args={"key": key})
    return session


def _keeps_tables_in(session: "SparkSession", folder: Path) -> bool:
    kept = session.conf.get("spark.sql.warehouse.dir").removeprefix("file:")
    return Path(kept) == folder / "tables"


def _check_workers(session: "SparkSession", address: str, folder: Path) -> None:
    try:
        check_workers(session, address, folder)
    except BaseException:
        # The next try is to start a session of its own, and to look again.
        session.stop()
        raise


def configuration(settings: SparkSettings, memory: str, small: bool) -> dict[str, str]:
    """Return what a session is started with, as ``start`` says of its own."""
    folder = folder_of(settings)
    java = f"-Dderby.system.home={folder} -Dderby.stream.error.file={folder}/derby.log"
    said = {
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder}/metastore;create=true"
        ),
        # Days begin as in DuckDB, and a time without zone is a time of UTC.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.inferTimestampNTZ.enabled": "false",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        # Six days before the first of all days is no day to the metastore: all are listed then.
        "spark.sql.hive.metastorePartitionPruningFallbackOnException": "true",
        # What is remembered of plans that are done is for pages that are not shown.
        "spark.sql.ui.retainedExecutions": "20",
        "spark.ui.retainedJobs": "200",
        "spark.ui.retainedStages": "200",
        "spark.ui.retainedTasks": "2000",
        # What a killed build left of a table is written over.
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    }
    if not settings.spark_master:
        # More would wait for each other here. Of a cluster nobody says its cores: Spark's own
        # number stands, and parts that come out small are put together.
        said["spark.sql.shuffle.partitions"] = str(settings.threads)
    if small:
        said.update(FOR_FEW_ROWS)
        java += " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dderby.system.durability=test"
    return {**said, "spark.driver.extraJavaOptions": java}


def check_pyspark() -> None:
    """Raise SparkError where pyspark or the adapter is missing, or is another release."""
    if not (importlib.util.find_spec("pyspark") and importlib.util.find_spec("dbt.adapters.spark")):
        raise SparkError(f"TARGET=spark needs pyspark and dbt-spark, which are not here: {INSTALL}")
    import pyspark

    if not pyspark.__version__.startswith(f"{PYSPARK}."):
        raise SparkError(
            f"pyspark is {pyspark.__version__}; expected {PYSPARK}, with which the figures are "
            f"known to be those of DuckDB: {INSTALL}"
        )


def check_java() -> None:
    """Raise SparkError where there is no Java, or one that Spark does not run on."""
    # The variable is Java's own, as Spark reads it.
    home = os.environ.copy().get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    expected = f"expected Java {' or '.join(map(str, JAVA))}; name its folder in JAVA_HOME."
    if not java or not Path(java).exists():
        place = f"JAVA_HOME is {home}, where no bin/java lies" if home else "There is no Java here"
        raise SparkError(f"{place}; {expected}")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if not found or int(found[1]) not in JAVA:
        version = found[1] if found else "of a version that it does not tell"
        raise SparkError(f"{java} is Java {version}; {expected}")


def check_folder(folder: Path) -> None:
    """Raise SparkError where the folder of the tables cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".written").touch()
    except OSError as error:
        raise SparkError(
            f"{folder} cannot be written ({error.strerror}); expected a folder that Spark and all "
            "of its workers read and write. Name the warehouse in another place: WAREHOUSE=…"
        ) from error


def check_metastore(folder: Path) -> None:
    """Raise SparkError where another process has the metastore open.

    What a killed process leaves of its lock is no lock: the system has released it.
    """
    lock = folder / "metastore" / "dbex.lck"
    if not lock.exists():
        return
    with lock.open("r+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SparkError(
                f"{folder / 'metastore'} is open in another process, which builds on Spark, too; "
                "expected one at a time. Wait for it, or end it."
            ) from error
