"""dbt in this process: whose manifest it reads, and what it leaves open."""

import shutil
import time
from dataclasses import replace

from orchestration.dbt_runner.in_process import invoke, parse, parsed_manifest
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in


def test_a_project_that_somebody_parsed_for_another_file_meanwhile_is_parsed_again(tmp_path):
    settings = Settings.from_environment({})
    prepare_manifest(settings)
    shutil.copy(settings.dbt_target / "partial_parse.msgpack", tmp_path)
    asked = []
    for database in (settings.warehouse.stem, "another", None):
        parsed_manifest(
            tmp_path, lambda name=database: asked.append(name), [], True, database=database
        )
    assert asked == ["another"]


def test_a_file_at_which_dbt_failed_can_be_opened_after_it(tmp_path):
    settings = settings_in(tmp_path, tmp_path / "landing")
    too_little = replace(settings, memory_limit="1KB")
    result = invoke(too_little, ["build", "--select", "dim_dates"], tmp_path / "dbt", print)
    assert "Out of Memory" in str(result.exception)
    with Warehouse.of(settings).reading() as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_what_is_edited_while_dbt_reads_the_project_is_newer_than_what_it_read():
    settings = Settings.from_environment({})
    began_at = time.time()
    parse(settings)
    halfway = (began_at + time.time()) / 2
    assert settings.manifest.stat().st_mtime < halfway
