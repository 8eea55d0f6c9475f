"""Keeps the frameworks' own words out of sight: they go to a file, one for each run.

What is not here: what people do see, which ``progress`` and ``run`` say.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

from orchestration.process.private_files import keep_files_private

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


@contextmanager
def captured_logs(logs: Path, kept: int) -> Iterator[Path]:
    """Send logs, warnings and prints to a new file and give its path."""
    keep_files_private()
    logs.mkdir(parents=True, exist_ok=True)
    path = logs / f"run-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.log"
    for old in sorted(logs.glob("run-*.log"), reverse=True)[kept - 1 :]:
        old.unlink()
    with ExitStack() as stack:
        file = stack.enter_context(path.open("w", encoding="utf-8", buffering=1))
        stack.enter_context(redirect_stdout(file))
        stack.enter_context(redirect_stderr(file))
        handler = logging.StreamHandler(file)
        handler.setFormatter(logging.Formatter(FORMAT))
        stack.enter_context(_only_handler(handler))
        yield path


@contextmanager
def _only_handler(handler: logging.Handler) -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers, root.level = [handler], logging.INFO
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers, root.level = before, level
