"""Three gates: the suites of a layer, all in one step, between that layer and what comes of it.

A failed critical expectation fails the step: after raw no models are built, after the marts and
after the reports nothing is published, exported or written. A suite gets here by its file in
``expectations/suites``. What is not here: how a suite is run.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from expectations.catalogue import GATES, Suite, declared_suites
from expectations.finding import Finding
from orchestration.checks.findings import ABSENT, record
from orchestration.checks.public_texts import look_at_public_texts
from orchestration.resources import POOL, WarehouseResource
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import note_step

CHECK = "is_believable"


def gate_checks() -> list[dg.AssetChecksDefinition]:
    """Make the three gates."""
    return [_gate(gate, declared_suites(gate)) for gate in GATES]


def _gate(gate: str, suites: Sequence[Suite]) -> dg.AssetChecksDefinition:
    by_key = {dg.AssetKey(suite.table.split(".")): suite for suite in suites}
    specs = [
        dg.AssetCheckSpec(CHECK, asset=key, blocking=True, description=f"Suite {suite.module}.")
        for key, suite in by_key.items()
    ]

    @dg.multi_asset_check(name=f"gate_{gate}", specs=specs, can_subset=True, pool=POOL)
    def checked(
        context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource
    ) -> Iterator[dg.AssetCheckResult]:
        chosen = [by_key[key.asset_key] for key in sorted(context.selected_asset_check_keys)]
        with warehouse.locked():
            found = _run(warehouse, gate, chosen)
        for suite, findings in found.items():
            result = _result(suite, findings)
            if _is_blocking(findings):
                # Dagster's own error names the table and not the reason.
                context.log.error(f"{suite.table}: {result.description}")
            yield result

    return checked


def _run(
    settings: WarehouseSettings, gate: str, suites: Sequence[Suite]
) -> dict[Suite, list[Finding]]:
    declared, step = declared_suites(gate), f"gate_{gate}"
    is_whole = len(suites) == len(declared)
    # A look at single tables takes nothing from a gate that all of them have passed.
    if is_whole:
        note_step(settings, step, is_passed=False)
    # Importing it takes seconds, which only those should pay who run a suite.
    from expectations.runner import opened, run_suite

    # Whoever holds the file is better named by the warehouse than by the library.
    with Warehouse.of(settings).reading():
        pass
    with opened(settings.warehouse) as source:
        found = {suite: run_suite(source, suite) for suite in suites}
    seen = look_at_public_texts(settings) if gate == "reports" else {}
    not_asked = {suite.table for suite in declared} - {suite.table for suite in suites}
    record(settings, gate, {**found, **seen}, not_asked)
    is_blocked = any(map(_is_blocking, found.values()))
    if is_whole or is_blocked:
        note_step(settings, step, is_passed=not is_blocked)
    return found


def _result(suite: Suite, findings: Sequence[Finding]) -> dg.AssetCheckResult:
    failed = [finding for finding in findings if not finding.passed]
    critical = _is_blocking(findings)
    lines = [f"{_where(finding)}: {finding.observed}. {finding.reason}" for finding in failed]
    return dg.AssetCheckResult(
        asset_key=suite.table.split("."),
        check_name=CHECK,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
        description="\n".join(lines) or (None if findings else ABSENT),
        metadata={"expectations": len(findings), "failed": len(failed)},
    )


def _is_blocking(findings: Sequence[Finding]) -> bool:
    return any(not one.passed and one.severity == "critical" for one in findings)


def _where(finding: Finding) -> str:
    # Expectations of the library are named expect_…, those in SQL by a claim in words.
    claim = finding.expectation.replace("_", " ")
    return f"{finding.column}: {claim}" if finding.column else claim
