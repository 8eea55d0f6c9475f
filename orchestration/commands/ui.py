"""The UI command: ``python -m orchestration.commands.ui``, Dagster's web server and its daemon.

It uses the home of the run command, so runs of both are shown together. What is not here: what
the UI shows, which ``definitions`` says.
"""

import os
import signal
import sys

from orchestration.dagster_instance import prepare_home
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.dbt_runner.project_error import ProjectError
from orchestration.settings.environment import Settings, SettingsError

# `dg dev` is the same server by another name, in a package that brings fifteen more.
NOT_NEWS = "ignore:Function `dev_command` is superseded"


def main(arguments: list[str]) -> int:
    """Become Dagster's development server; options such as ``--port`` are passed on to it."""
    try:
        settings = Settings.from_environment()
        prepare_home(settings.dagster_home)
        prepare_manifest(settings)
    except (SettingsError, ProjectError) as error:
        print(error, file=sys.stderr)
        return 1
    os.chdir(settings.root)
    # Whoever starts it in the background of a script has it ignore Ctrl-C, and Dagster then takes
    # a polite end (SIGTERM) for the same and ignores it, too.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # This process becomes the server, so that a signal to it reaches the server.
    server = ["-W", NOT_NEWS, "-m", "dagster", "dev", "-m", "orchestration.definitions"]
    return os.execv(sys.executable, [sys.executable, *server, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
