"""Why a run failed, in the words of what failed: dbt's message, or what a gate expected.

What is not here: who is told, which the run command and the failure sensor decide.
"""

from collections.abc import Iterable
from typing import Any

import dagster as dg

GATE = "gate_"


def reasons(events: Iterable[dg.DagsterEvent]) -> list[str]:
    """Return one text for each step that failed, in the order in which they did."""
    events = list(events)
    failed = [event for event in events if event.event_type_value == "STEP_FAILURE"]
    return [_reason(event, events) for event in failed]


def _reason(failure: dg.DagsterEvent, events: list[dg.DagsterEvent]) -> str:
    step = failure.step_key
    if step.startswith(GATE) and (blocked := _blocked(step, events)):
        return f"{step} stopped the run.\n" + "\n".join(blocked)
    return f"{step} stopped the run.\n{_cause(failure)}"


def _blocked(step: str, events: list[dg.DagsterEvent]) -> list[str]:
    evaluations = (
        event.asset_check_evaluation_data
        for event in events
        if event.event_type_value == "ASSET_CHECK_EVALUATION" and event.step_key == step
    )
    return [
        f"{'.'.join(evaluation.asset_key.path)}: {evaluation.description}"
        for evaluation in evaluations
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR
    ]


def was_interrupted(events: Iterable[dg.DagsterEvent]) -> bool:
    """Tell whether a step failed because somebody stopped the run."""
    name = dg.DagsterExecutionInterruptedError.__name__
    failed = [event for event in events if event.event_type_value == "STEP_FAILURE"]
    return any(error.cls_name == name for event in failed for error in _chain(event))


def _chain(failure: dg.DagsterEvent) -> list[Any]:
    chain = [failure.step_failure_data.error]
    while chain[-1].cause:
        chain.append(chain[-1].cause)
    return chain


def _cause(failure: dg.DagsterEvent) -> str:
    chain = _chain(failure)
    # Our own errors are written for operators; below them is what libraries said.
    ours = [error for error in chain if error.message.startswith("orchestration.")]
    _, _, text = (ours or chain[-1:])[0].message.partition(": ")
    return text.strip() or chain[-1].message.strip()
