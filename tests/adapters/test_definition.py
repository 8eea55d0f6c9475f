import pytest

from orchestration.adapters.known import known_adapters, read_adapter
from orchestration.landing.errors import ContractError

ADAPTER = """
title: Shop
tables:
  buyer: {required: [id, label]}
  note: {required: [buyer]}
steps:
  each_buyer: [buyer, note]
writes:
  - {sql: crm__accounts.sql, from: buyer, with: [each_buyer]}
"""


def written(tmp_path, text=ADAPTER):
    dialect, shared = tmp_path / "shop" / "export", tmp_path / "shop" / "shared"
    dialect.mkdir(parents=True)
    shared.mkdir()
    (dialect / "adapter.yml").write_text(text)
    (dialect / "each_buyer.sql").write_text("select id as account_id, label as name from buyer")
    (shared / "crm__accounts.sql").write_text("select * from each_buyer")
    return dialect / "adapter.yml"


def test_a_statement_that_dialects_share_reads_the_step_that_calls_columns_as_it_does(tmp_path):
    (write,) = read_adapter(written(tmp_path)).writes
    assert write.landing_table == "crm/accounts"
    assert write.reads == ("buyer", "note")
    assert "each_buyer as (" in write.text
    assert "label as name" in write.text


@pytest.mark.parametrize(
    ("wrong", "instead", "said"),
    [
        (
            "crm__accounts.sql",
            "crm__users.sql",
            "neither beside it nor in ../shared or ../../shared",
        ),
        ("[buyer, note]", "[buyer, notes]", "reads notes, which is no table of it"),
        ("each_buyer: [", "each_note: [", "reads each_buyer, which is no table of it"),
    ],
)
def test_an_adapter_that_cannot_be_used_says_what_is_wrong(tmp_path, wrong, instead, said):
    with pytest.raises(ContractError, match=said.replace(".", "[.]")):
        read_adapter(written(tmp_path, ADAPTER.replace(wrong, instead, 1)))


def test_dialects_of_a_vendor_that_share_a_statement_have_none_of_their_own_of_that_name():
    for adapter in known_adapters():
        for write in adapter.writes:
            if write.sql.parent.name == "shared":
                assert write.steps, f"{adapter.name}: {write.sql.name} reads no step"
