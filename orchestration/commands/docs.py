"""The docs command: ``python -m orchestration.commands.docs``, models and lineage as a page.

What is not here: what the page says, which stands in the YAML beside each model.
"""

import sys

from orchestration.commands.run import run_command
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.settings.environment import Settings

PAGE = "static_index.html"


def main() -> int:
    """Write the page and print its path; return 0, or 1 where it cannot be written."""
    return run_command(write_page, "docs")


def write_page(settings: Settings, _: str) -> int:
    """Write the page; return the exit code."""
    prepare_manifest(settings)
    from orchestration.dbt_runner.in_process import invoke

    command = ["docs", "generate", "--static"]
    result = invoke(settings, command, settings.dbt_target, lambda event: None, with_proofs=True)
    if not result.success:
        print(f"dbt cannot write {PAGE}: {result.exception or settings.logs}", file=sys.stderr)
        return 1
    print(f"Open {settings.dbt_target / PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
