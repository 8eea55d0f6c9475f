import pytest

from orchestration.doctor.examination import examine

MAPPING = """
time_zone: {zone}
dates: day first
tables:
  customers:
    becomes: crm/accounts
    columns: {{account_id: No, name: Name, created_at: Since}}
"""


@pytest.mark.parametrize(
    ("zone", "since", "is_named"),
    [
        ("Europe/Berlin", "01.02.2026", True),
        ("Europe/London", "01.02.2026", True),
        ("Asia/Tokyo", "2026-02-01", True),
        ("America/New_York", "01.02.2026", False),
        ("UTC", "2026-02-01", False),
        ("Europe/Berlin", "2026-02-01 14:05", False),
    ],
)
def test_days_that_are_counted_on_the_day_before_are_named(tmp_path, zone, since, is_named):
    # The project reports in UTC until make init is told another zone.
    (tmp_path / "landing" / "erp").mkdir(parents=True)
    (tmp_path / "landing/erp/customers.csv").write_text(f"No;Name;Since\n7;Acme;{since}\n")
    (tmp_path / "landing/erp/mapping.yml").write_text(MAPPING.format(zone=zone))
    found = examine(tmp_path / "landing", tmp_path / "drafts").findings
    said = [finding for finding in found if "on the day before" in finding.text]
    assert [finding.column for finding in said] == ["Since"] * is_named
    assert all(f"midnight in {zone}" in finding.text for finding in said)
    assert all("erp/customers.csv line 2" in finding.place for finding in said)
