"""The train command, ``python -m orchestration.commands.train [--challenger]``: learn anew.

It learns who will leave from what is built, and writes the book of the outlook; the next run
scores by it. A model is a candidate until somebody promotes it. What customers are worth is fitted
anew, too. What is not here: how it learns, which ``outlook`` and ``lifetime_value`` know.
"""

import sys
from functools import partial

from orchestration.commands.run import run_command
from orchestration.lifetime_value.fitting import fit_lifetime_value
from orchestration.outlook.run import OutlookError, said, train_all
from orchestration.process.log_capture import captured_logs
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run, end_run

CHALLENGER = "--challenger"


def main(arguments: list[str]) -> int:
    """Train and say what came of it; return 0, or 1 where nothing could be trained."""
    if arguments not in ([], [CHALLENGER]):
        print("usage: make train [CHALLENGER=yes]", file=sys.stderr)
        return 2
    do = partial(train_and_say, is_challenged=bool(arguments))
    return run_command(do, "train", OutlookError, reads_built=True)


def train_and_say(settings: Settings, _: str, is_challenged: bool = False) -> int:
    """Train and say what came of it; return the exit code."""
    say = partial(print, file=sys.stdout, flush=True)
    begin_run(settings.warehouse)
    try:
        with captured_logs(settings.logs, settings.runs_kept):
            models = train_all(settings, is_challenged)
            fits = fit_lifetime_value(settings)
    finally:
        end_run(settings.warehouse)
    for line in said(models):
        say(line)
    fitted = sum(fit.status == "ok" for fit in fits)
    say(f"What customers are worth was fitted to {fitted} of {len(fits)} groups of them.")
    say("Written to the books. The next make run scores and values by it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
