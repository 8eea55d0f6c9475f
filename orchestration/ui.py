"""The UI command: ``python -m orchestration.ui``, Dagster's web server and its daemon.

It uses the home of the run command, so runs of both are shown together. What is not here: what
the UI shows, which ``definitions`` says.
"""

import os
import sys
from pathlib import Path

from orchestration.home import prepare_home
from orchestration.manifest import ProjectError, prepare_manifest
from orchestration.settings import Settings, SettingsError


def main(arguments: list[str]) -> int:
    """Become Dagster's development server; options such as ``--port`` are passed on to it."""
    try:
        settings = Settings.from_environment()
        prepare_home(settings)
        prepare_manifest(settings)
    except (SettingsError, ProjectError) as error:
        print(error, file=sys.stderr)
        return 1
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.chdir(settings.root)
    # This process becomes the server, so that a signal to it reaches the server.
    return os.execv(dagster, [dagster, "dev", "-m", "orchestration.definitions", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
