"""What to say where dbt failed and none of its steps did: a step that is no table cannot be read.

dbt keeps no result of such a step (``ephemeral``), only that what reads it was skipped. Asked to
compile the readers it ends with the message. What is not here: what is said of a step that
failed, which ``dbt_failures`` knows.
"""

from collections.abc import Sequence

from dbt.cli.main import dbtRunnerResult

from orchestration.dbt_runner.in_process import invoke
from orchestration.private_interfaces.of_dbt import NodeResult, NodeStatus
from orchestration.settings.parts import DbtSettings


def why_it_stopped(
    settings: DbtSettings, result: dbtRunnerResult, outcomes: Sequence[NodeResult]
) -> list[str]:
    """Return dbt's message; nothing where it did not fail.

    Args:
        settings: where things are.
        result: what dbt said at the end.
        outcomes: of its steps, none of which failed.
    """
    if result.success:
        return []
    # An error of dbt itself leaves no steps behind.
    error = result.exception or _error_below(settings, outcomes)
    return [f"dbt stopped: {error or 'it does not say why'}"]


def _error_below(settings: DbtSettings, outcomes: Sequence[NodeResult]) -> BaseException | None:
    readers = [
        f"fqn:{'.'.join(one.node.fqn)}"
        for one in outcomes
        if one.status == NodeStatus.Skipped and one.node.resource_type == "model"
    ]
    if not readers:
        return None
    command = ["compile", "--no-write-json", "--select", *readers]
    return invoke(settings, command, settings.warehouse.parent / "dbt", lambda _: None).exception
