"""dbt inside this process, as importing it once costs a tenth of starting it for each step.

``dbt`` need not be on the path, nothing is sent anywhere, and the file is closed after each
invocation. What is not here: what is built and what comes of it, which is ``build``'s.
"""

import _thread
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import clear_frames
from typing import Any

import dagster as dg
from dbt.cli.main import dbtRunner, dbtRunnerResult

from orchestration.dbt_runner.events import only_read_events
from orchestration.dbt_runner.manifest import is_proof
from orchestration.dbt_runner.project_error import ProjectError
from orchestration.dbt_runner.steps_within import steps_put_in_front
from orchestration.dbt_runner.untold_errors import values_untold
from orchestration.private_interfaces.of_dbt import (
    DuckDBConnectionManager,
    EventMsg,
    ParsedManifest,
)
from orchestration.process.interrupts import is_asked_to_stop
from orchestration.process.no_collection import no_collection
from orchestration.process.private_files import keep_files_private
from orchestration.settings.parts import DbtSettings


def parse(settings: DbtSettings) -> None:
    """Parse the project, so that its manifest is as new as its files.

    Raises:
        ProjectError: dbt cannot parse it.

    """
    began_at = time.time()
    with _surroundings(settings), only_read_events(), no_collection():
        result = dbtRunner().invoke(["parse", *_flags(settings, settings.dbt_target)])
    if not result.success:
        raise ProjectError(f"dbt cannot read {settings.dbt_project}: {result.exception}")
    # dbt leaves a manifest alone that would not change; its age says when it was last compared.
    # A file that somebody edits while dbt reads is newer than that, and read the next time.
    os.utime(settings.manifest, (began_at, began_at))


def invoke(
    settings: DbtSettings,
    arguments: Sequence[str],
    target: Path,
    listener: Callable[[EventMsg], None],
    *,
    with_proofs: bool = False,
    threads: int | None = None,
) -> dbtRunnerResult:
    """Run a dbt command on the parsed project; the listener hears what dbt says.

    Args:
        settings: where things are.
        arguments: of dbt.
        target: folder for what dbt writes.
        listener: is called with each event.
        with_proofs: know the tests that prove the SQL, too. Most runs do not ask them, and to
            weigh each of them costs seconds.
        threads: of DuckDB, and how many steps are at work at once; as the settings say if None.

    Raises:
        DagsterExecutionInterruptedError: somebody stopped it; nothing of it is at work any more.
        SparkError: Spark is to build and cannot be used as things are.

    """
    if settings.target == "spark":
        # Who builds with DuckDB need not have Spark.
        from orchestration.dbt_runner.on_spark import invoke_on_spark

        return invoke_on_spark(settings, arguments, listener, with_proofs=with_proofs)
    runner = dbtRunner(
        manifest=parsed_manifest(
            settings.dbt_target,
            lambda: parse(settings),
            arguments,
            with_proofs,
            settings.warehouse.stem,
        ),
        callbacks=[listener, repeat_interrupt()],
    )
    with (
        _surroundings(settings, threads),
        _signals_known_to_dbt(),
        only_read_events(),
        steps_put_in_front(),
        values_untold(),
    ):
        result = runner.invoke([*arguments, *_flags(settings, target)])
    # dbt makes a result of whatever is raised in it.
    if isinstance(result.exception, KeyboardInterrupt) or is_asked_to_stop():
        raise dg.DagsterExecutionInterruptedError from result.exception
    let_go(result.exception)
    return result


def let_go(error: BaseException | None) -> None:
    """Forget what the frames of an error hold: dbt's connection would shut out who comes next."""
    while error:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _leaves_tests_out(arguments: Sequence[str]) -> bool:
    return "--exclude-resource-type" in arguments and "test" in arguments


def parsed_manifest(
    target: Path,
    parse: Callable[[], None],
    arguments: Sequence[str],
    with_proofs: bool,
    database: str | None = None,
) -> ParsedManifest:
    """Return the project as dbt's parser left it in a folder, parsed first where it has not.

    Args:
        target: the folder.
        parse: has dbt parse the project into it.
        arguments: of dbt, of which those count that leave tests out.
        with_proofs: know the tests that prove the SQL, too.
        database: whose tables the manifest must name; None where they are known by schema only.
    """
    # What the parser kept for its next time is the manifest as objects, and quick to read.
    kept = target / "partial_parse.msgpack"
    # Read for each invocation anew: dbt notes in its nodes what it has put together, and would
    # leave the steps of a family out of their union the second time.
    try:
        manifest = _read(kept)
    except Exception:  # Missing, or torn in ways of which each has an error of its own.
        kept.unlink(missing_ok=True)
        manifest = None
    # Somebody else may have parsed the project for another warehouse since this run began.
    if manifest is None or not _is_of(manifest, database):
        parse()
        manifest = _read(kept)
    # What is not asked is not even weighed: dbt follows the edges of each test that it knows.
    if not with_proofs:
        manifest.unit_tests.clear()
        for name, node in list(manifest.nodes.items()):
            if _is_proof(node) or (node.resource_type == "test" and _leaves_tests_out(arguments)):
                del manifest.nodes[name]
    # Models read the catalogue of models as `graph`, which the parser does not keep. Jinja reads
    # the nodes themselves as well as dictionaries of them, which take dbt a second to write out.
    manifest.flat_graph = {"nodes": manifest.nodes, "sources": manifest.sources}
    return manifest


def _read(kept: Path) -> ParsedManifest:
    with no_collection():
        return ParsedManifest.from_msgpack(kept.read_bytes())


def _is_of(manifest: ParsedManifest, database: str | None) -> bool:
    nodes = manifest.nodes.values()
    return database is None or all(node.database == database for node in nodes)


def _is_proof(node: Any) -> bool:
    kind = getattr(node, "test_metadata", None)
    return is_proof(node.resource_type, node.tags, kind.name if kind else None)


def repeat_interrupt() -> Callable[[EventMsg], None]:
    """Return a listener that repeats an interrupt, which dbt may swallow, at the next model."""
    repeated = []

    def on_event(event: EventMsg) -> None:
        # No model would start if the interrupt had not been swallowed.
        if event.info.name == "NodeStart" and not repeated and is_asked_to_stop():
            repeated.append(event.info.name)
            _thread.interrupt_main()

    return on_event


@contextmanager
def _signals_known_to_dbt() -> Iterator[None]:
    # On Python's own interrupt dbt cancels its queries and waits for its threads; on Dagster's
    # it leaves them running, and the process cannot end in order.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signs = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(sign, signal.default_int_handler) for sign in signs]
    try:
        yield
    finally:
        for sign, handler in zip(signs, before, strict=True):
            signal.signal(sign, handler)


@contextmanager
def _surroundings(settings: DbtSettings, threads: int | None = None) -> Iterator[None]:
    keep_files_private()
    before = os.environ.copy()
    os.environ.update(
        WAREHOUSE=str(settings.warehouse),
        MEMORY_LIMIT=settings.memory_limit,
        THREADS=str(threads or settings.threads),
        PSEUDONYM_KEY_FILE=str(settings.pseudonym_key_file or ""),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    )
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        # dbt-duckdb keeps the file open after its work, which shuts out whoever comes next.
        DuckDBConnectionManager.close_all_connections()
        os.environ.clear()
        os.environ.update(before)


def _flags(settings: DbtSettings, target: Path) -> Sequence[str]:
    return (
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.profiles)),
        *("--target-path", str(target), "--log-path", str(settings.logs)),
        *("--log-level", "none", "--log-level-file", "info", "--target", "dev"),
        *("--no-use-colors", "--no-version-check"),
    )
