"""What stands in the way of Spark is one sentence that says what to do; nothing is built then."""

import fcntl
import importlib.util
import socket
import subprocess
import sys
import types
from pathlib import Path

import pytest

from orchestration.private_interfaces.of_dbt import DbtRuntimeError
from orchestration.settings.environment import Settings, SettingsError
from orchestration.spark.cluster import check_master, check_workers
from orchestration.spark.error import SparkError
from orchestration.spark.session import (
    check_folder,
    check_java,
    check_metastore,
    check_pyspark,
)
from orchestration.spark.told_errors import in_one_line


def java_that_says(folder, version):
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-01' >&2\n")
    java.chmod(0o755)
    return folder


def test_java_of_a_release_that_spark_runs_on_will_do(tmp_path, monkeypatch):
    for version in ("17.0.15", "21.0.2"):
        monkeypatch.setenv("JAVA_HOME", str(java_that_says(tmp_path / version, version)))
        check_java()


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22", "25"])
def test_another_java_is_named_with_what_is_expected(tmp_path, monkeypatch, version):
    monkeypatch.setenv("JAVA_HOME", str(java_that_says(tmp_path, version)))
    major = version.split(".")[0]
    with pytest.raises(SparkError, match=rf"is Java {major}; expected Java 17 or 21"):
        check_java()


def test_no_java_at_all_and_one_that_is_not_where_it_is_said_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SparkError, match="There is no Java here; expected Java 17 or 21"):
        check_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SparkError, match=r"JAVA_HOME is .*, where no bin/java lies; expected"):
        check_java()


def test_without_the_packages_the_command_that_installs_them_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SparkError, match=r"TARGET=spark needs pyspark .* -e '\.\[spark\]'"):
        check_pyspark()


def test_another_pyspark_is_named_with_the_release_that_was_compared(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, "pyspark", types.SimpleNamespace(__version__="3.5.9"))
    with pytest.raises(SparkError, match=r"pyspark is 3\.5\.9; expected 4\.3"):
        check_pyspark()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SparkError, match=r"file/spark cannot be written .*WAREHOUSE="):
        check_folder(tmp_path / "file" / "spark")


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "r+")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_metastore_in_use_is_told_and_what_a_killed_process_left_is_no_lock(tmp_path):
    lock = tmp_path / "metastore" / "dbex.lck"
    check_metastore(tmp_path)
    lock.parent.mkdir()
    lock.touch()
    command = [sys.executable, "-c", HOLD, str(lock)]
    holder = subprocess.Popen(command, stdin=-1, stdout=-1, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SparkError, match="metastore is open in another process"):
            check_metastore(tmp_path)
    finally:
        holder.kill()
        holder.communicate()
    check_metastore(tmp_path)
    # Asking takes no lock away from who comes next.
    with lock.open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_engine_is_one_of_two_words():
    assert Settings.from_environment({}).target == "dev"
    assert Settings.from_environment({"TARGET": "spark"}).target == "spark"
    with pytest.raises(SettingsError, match="TARGET: 'flink' is none of dev, spark"):
        Settings.from_environment({"TARGET": "flink"})


def test_the_address_of_a_cluster_is_read_or_refused_by_name():
    for address in ("", "spark://host:7077", "spark://one:7077,two:7077"):
        assert Settings.from_environment({"SPARK_MASTER": address}).spark_master == address
    for other in ("host:7077", "yarn", "spark://host", "local[2]"):
        with pytest.raises(SettingsError, match=r"SPARK_MASTER: .* no address of a Spark cluster"):
            Settings.from_environment({"SPARK_MASTER": other})


def test_a_master_that_nobody_answers_at_is_named():
    with socket.socket() as taken:
        # Bound and not listening: nobody else gets the port, and nobody answers.
        taken.bind(("127.0.0.1", 0))
        address = f"spark://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(
            SparkError, match=f"SPARK_MASTER: nobody answers at {address}; expected"
        ):
            check_master(address)


class Blind:
    """A session of which no worker sees the folder: what they write stays with them."""

    sparkContext = types.SimpleNamespace(
        defaultParallelism=2,
        _jsc=types.SimpleNamespace(
            sc=lambda: types.SimpleNamespace(
                getExecutorMemoryStatus=lambda: types.SimpleNamespace(size=lambda: 2)
            )
        ),
    )

    def range(self, *_):
        return types.SimpleNamespace(
            write=types.SimpleNamespace(parquet=lambda place: Path(place).mkdir())
        )


def test_workers_that_do_not_see_the_folder_are_told_before_a_row_is_lost(tmp_path):
    with pytest.raises(SparkError, match=r"do not all see .*what they write there does not arrive"):
        check_workers(Blind(), "spark://host:7077", tmp_path)
    assert list(tmp_path.iterdir()) == []


class AnalysisException(Exception):
    """As Spark's own, which is about a statement."""


class NumberFormatException(Exception):
    """As Spark's own, which quotes a value of a row."""


def test_what_spark_says_is_one_line_and_no_value_of_a_row():
    said = "[X] The table `staging`.`a` cannot be found; line 1 pos 4;\n'Project\n+- 'Filter"
    assert in_one_line(AnalysisException(said)) == said.splitlines()[0][:-1]
    # As the adapter raises it; it reads the kind in the brackets.
    wrapped = DbtRuntimeError(said)
    wrapped.__cause__ = AnalysisException(said)
    assert in_one_line(wrapped) == said.splitlines()[0][:-1]
    said = "[CAST_INVALID_INPUT] The value 'ann@example.org' of STRING cannot be cast to INT.\nat x"
    assert in_one_line(NumberFormatException(said)) == (
        "[CAST_INVALID_INPUT] The value … of STRING cannot be cast to INT."
    )
    said = "An error occurred while calling o7.\n: java.lang.OutOfMemoryError: Java heap\n\tat x"
    assert in_one_line(RuntimeError(said)) == "java.lang.OutOfMemoryError: Java heap"
    assert in_one_line(ValueError()) == "ValueError"
