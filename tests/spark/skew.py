"""How the work of Spark's tasks is spread where one account has half of all events.

``python -m tests.spark.skew FOLDER [TIMES] [SETTING=VALUE …]`` lands the skewed company of
``tests.bench.shapes``, with so many times as many events, builds what reads them with Spark, by its
own defaults and the settings that are named, and prints the stages that worked longest: how long
their tasks took and how many rows each read, in the middle and at most. It ends with 1 where one
took more than three times the median of its stage. The figures are those of Spark's own pages.
"""

import dataclasses
import json
import shutil
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pyspark.sql import SparkSession

from orchestration.adapters.adapt import land
from orchestration.dbt_runner.build import extent
from orchestration.dbt_runner.manifest import prepare_manifest, reporting_zone
from orchestration.dbt_runner.on_spark import invoke_on_spark
from orchestration.landing.contract import declared_tables
from orchestration.landing.parameters import resolve_as_of, write_run_parameters
from orchestration.settings.environment import Settings
from orchestration.spark.session import configuration
from orchestration.warehouse.connection import Warehouse
from tests.bench.printed import aligned
from tests.bench.shaped_files import SHAPES, write
from tests.cases.built import LATE_DAYS, TODAY
from tests.conftest import AS_OF, settings_in

MODELS = ("+path:models/intermediate/activity", "+path:models/marts/activity")
NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
MEMORY = "4g"
# As Spark has it where nobody says another number, in place of the cores of this machine; and
# figures of every stage are kept, on pages that are shown.
DEFAULTS = {
    "spark.sql.shuffle.partitions": "200",
    "spark.ui.enabled": "true",
    "spark.ui.retainedJobs": "100000",
    "spark.ui.retainedStages": "100000",
    "spark.ui.retainedTasks": "1000000",
}
SHOWN = 20
# Of a shorter task its start is most.
LONG_ENOUGH_MS = 1_000
MOST = 3


@dataclasses.dataclass(frozen=True)
class Stage:
    """What Spark says of the tasks of a stage; pairs are the median and the most of a task.

    Attributes:
        model: that was built.
        tasks: number of them.
        run_ms: milliseconds in which they worked, all together.
        task_ms: milliseconds of one.
        rows: that one read, from files or other stages.
    """

    model: str
    tasks: int
    run_ms: int
    task_ms: tuple[float, float]
    rows: tuple[float, float]

    @property
    def is_uneven(self) -> bool:
        """Tell whether a task took more than three times the median, and long enough to tell."""
        median, most = self.task_ms
        return most > LONG_ENOUGH_MS and most > MOST * median


def main(folder: Path, times: int, stated: Mapping[str, str]) -> int:
    settings = landed(folder, times)
    session = started(settings, stated)
    named = [argument for model in MODELS for argument in ("--select", model)]
    command = ["build", *NO_TESTS, *extent(is_full=True, rebuild_from=None), *named]
    result = invoke_on_spark(settings, command, _named_after_its_model(session))
    assert result.success, result.exception or [one.message for one in result.result]
    found = sorted(stages(session), key=lambda stage: -stage.run_ms)
    session.stop()
    _print(found)
    return int(any(stage.is_uneven for stage in found))


def landed(folder: Path, times: int) -> Settings:
    """Land the company; return its settings."""
    shutil.rmtree(folder, ignore_errors=True)
    shape = SHAPES["skewed"]
    write(dataclasses.replace(shape, events=shape.events * times), folder / "landing")
    settings = settings_in(folder, folder / "landing")
    tables = list(declared_tables(prepare_manifest(settings)))
    with Warehouse.of(settings).writing() as connection:
        read_at = datetime(2026, 11, 28, 6, tzinfo=UTC)
        land(connection, tables, settings.landing, read_at, lambda text: None)
        day = resolve_as_of(connection, AS_OF, TODAY, reporting_zone(settings).key)
        write_run_parameters(connection, day.day, LATE_DAYS, built=day)
    return dataclasses.replace(settings, target="spark")


def started(settings: Settings, stated: Mapping[str, str]) -> SparkSession:
    """Start the session that the build takes: that of a run, but for what is stated."""
    builder = SparkSession.builder.master(f"local[{settings.threads}]").enableHiveSupport()
    usual = configuration(settings, MEMORY, small=False)
    for name, value in {**usual, **DEFAULTS, **stated}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _named_after_its_model(session: SparkSession):
    def on_event(event) -> None:
        if event.info.name == "NodeStart":
            session.sparkContext.setJobDescription(event.data.node_info.node_name)

    return on_event


def stages(session: SparkSession) -> Iterator[Stage]:
    """Return every stage of the session that came to its end and had more tasks than one."""
    context = session.sparkContext
    query = "stages?status=complete&withSummaries=true&quantiles=0.5,1.0"
    address = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/{query}"
    with urllib.request.urlopen(address) as answer:
        said = json.load(answer)
    for stage in said:
        of_tasks = stage.get("taskMetricsDistributions")
        if of_tasks and stage["numCompleteTasks"] > 1:
            read = zip(
                of_tasks["inputMetrics"]["recordsRead"],
                of_tasks["shuffleReadMetrics"]["readRecords"],
                strict=True,
            )
            yield Stage(
                stage.get("description", ""),
                stage["numCompleteTasks"],
                stage["executorRunTime"],
                tuple(of_tasks["executorRunTime"]),
                tuple(sum(rows) for rows in read),
            )


def _print(found: Sequence[Stage]) -> None:
    header = ("model", "tasks", "ms", "median", "most", "times", "rows, median", "most", "")
    rows = [
        (
            stage.model,
            f"{stage.tasks:,}",
            f"{stage.run_ms:,}",
            *(f"{ms:,.0f}" for ms in stage.task_ms),
            f"{stage.task_ms[1] / max(stage.task_ms[0], 1):.1f}",
            *(f"{rows:,.0f}" for rows in stage.rows),
            "uneven" if stage.is_uneven else "even",
        )
        for number, stage in enumerate(found)
        if number < SHOWN or stage.is_uneven
    ]
    print("\n".join(aligned([header, *rows])))


if __name__ == "__main__":
    words = sys.argv[2:]
    numbers = [int(word) for word in words if "=" not in word] or [1]
    sys.exit(
        main(
            Path(sys.argv[1]).resolve(),
            numbers[0],
            dict(word.split("=", 1) for word in words if "=" in word),
        )
    )
