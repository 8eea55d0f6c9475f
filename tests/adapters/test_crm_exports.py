"""What HubSpot and Salesforce say of companies, deals and people, where it is easily lost."""

import pytest

from orchestration.adapters.golden import landed
from tests.adapters import exports
from tests.adapters.exports import put

TABLES = [table for table in exports.TABLES if table.system == "crm"]
DAY = "2026-03-01T00:00:00Z"


def deal(**more):
    return {
        "id": "5", "createdAt": DAY, "updatedAt": DAY, "archived": False, "companies": ["1", "1"],
        "properties_dealstage": "77", "properties_hs_is_closed": "true",
        "properties_closedate": DAY,
    } | more  # fmt: skip


def numbered(rows):
    """Give each row an id of its own, its place."""
    return [row | {"id": str(place)} for place, row in enumerate(rows, 1)]


def company(**more):
    return {
        "id": "1", "createdAt": DAY, "updatedAt": DAY, "archived": False, "properties_name": "A",
    } | more  # fmt: skip


COMPANIES = [
    (["345", "345"], "345"),
    (["345", "345", "789"], "345"),
    (["789", "345", "345.0"], "345"),
    (["345"], "345"),
    (["345", "789"], None),
    (["345", "345", "789", "789"], None),
    ([], None),
]


def test_of_the_companies_of_a_deal_the_one_that_is_told_twice_is_the_primary_one(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [company()])
    put(tmp_path, "hubspot/deals.jsonl", numbered(deal(companies=named) for named, _ in COMPANIES))
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert [row.get("account_id") for row in rows] == [account for _, account in COMPANIES]


DEALS = [
    ({"properties_hs_is_closed_won": "true"}, "won"),
    ({"properties_hs_is_closed_won": "false"}, "lost"),
    ({"properties_hs_is_closed_won": "maybe"}, "maybe"),
    ({}, "77"),
    ({"properties_dealstage": "closedlost"}, "lost"),
    ({"properties_hs_is_closed": "false"}, "open"),
    ({"properties_hs_is_closed": None}, "77"),
    ({"properties_hs_is_closed": "perhaps"}, "perhaps"),
]


def test_a_deal_of_hubspot_is_lost_only_where_that_is_said(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [company()])
    put(tmp_path, "hubspot/deals.jsonl", numbered(deal(**said) for said, _ in DEALS))
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert [row["status"] for row in rows] == [status for _, status in DEALS]


LISTED = [
    ("true,,true", "lost"),
    ("true,,false", "won"),
    (",false,true", "lost"),
    ("true,,", "Signed"),
    ("false,,", "open"),
]


def test_a_deal_of_a_list_of_hubspot_is_lost_only_where_that_is_said(tmp_path):
    lines = "".join(f"{place},d,Signed,{said}\n" for place, (said, _) in enumerate(LISTED))
    header = "Record ID,Deal Name,Deal Stage,Is Deal Closed?,Is Closed Won,Is closed lost\n"
    put(tmp_path, "hubspot/deals.csv", header + lines)
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert [row["status"] for row in rows] == [status for _, status in LISTED]


ACCOUNTS = "Id,Name,OwnerId,ParentId,Type,IsDeleted\n"
STAGES = [
    ("Signed,true,true", "won"),
    ("Signed,true,false", "lost"),
    ("Signed,true,maybe", "maybe"),
    ("Closed Won,true,", "Closed Won"),
    ("Signed,true,", "Signed"),
    ("Signed,false,", "open"),
    ("Closed Lost,,", "Closed Lost"),
    ("Negotiation,,", "Negotiation"),
]


def test_an_opportunity_of_salesforce_is_lost_only_where_that_is_said(tmp_path):
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}001,A,005,,Customer,false\n")
    lines = "".join(f"{place},001,2026-03-01,{said}\n" for place, (said, _) in enumerate(STAGES))
    header = "Id,AccountId,CloseDate,StageName,IsClosed,IsWon\n"
    put(tmp_path, "salesforce/Opportunity.csv", header + lines)
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert [row["status"] for row in rows] == [status for _, status in STAGES]


def test_what_salesforce_calls_an_account_is_read_or_counted(tmp_path):
    said = ["Customer - Direct", "Internal", "test", "Competitor", ""]
    lines = "".join(f"{place},A,005,,{word},false\n" for place, word in enumerate(said, 1))
    put(tmp_path, "salesforce/Account.csv", ACCOUNTS + lines)
    rows = landed(tmp_path, TABLES)[0]["crm/accounts"]
    told = [row.get("account_type") for row in rows]
    assert told == ["customer", "Internal", "test", "Competitor", None]


CALLED = [
    ("VENDOR", "customer", "customer"),
    ("VENDOR", None, "VENDOR"),
    ("PARTNER", None, "partner"),
    (None, "1234567", "1234567"),
    ("", "", None),
]


def test_what_hubspot_calls_a_company_is_read_or_counted(tmp_path):
    rows = [
        company(properties_type=said, properties_lifecyclestage=stage) for said, stage, _ in CALLED
    ]
    put(tmp_path, "hubspot/companies.jsonl", numbered(rows))
    told = landed(tmp_path, TABLES)[0]["crm/accounts"]
    assert [row.get("account_type") for row in told] == [means for *_, means in CALLED]


def test_a_change_of_a_company_at_no_time_is_refused_and_named(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [company(properties_industry="NOW")])
    changes = [("soon", "industry"), (DAY, "name"), ("soon", "notes"), (None, "domain")]
    put(
        tmp_path,
        "hubspot/companies_property_history.jsonl",
        [{"companyId": "1", "property": name, "value": "x", "timestamp": t} for t, name in changes],
    )
    rows, quarantine = landed(tmp_path, TABLES)
    [row] = rows["crm/accounts"]
    assert (row["name"], row["industry"]) == ("x", "NOW")
    assert [(line["line"], line["reason"]) for line in quarantine] == [
        (1, 'timestamp of a change of industry is no time: "soon"'),
        (4, "timestamp of a change of domain is missing"),
    ]


def contact(**more):
    return {
        "id": "9", "properties_email": "p@a.com", "archived": False, "updatedAt": DAY,
        "properties_associatedcompanyid": "1", "properties_hs_buying_role": "CHAMPION",
    } | more  # fmt: skip


def test_of_whom_a_later_export_of_hubspot_tells_no_role_or_company_is_taken_back(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [company()])
    put(tmp_path, "hubspot/contacts/2026_05_01.jsonl", numbered([contact()] * 3))
    later = [contact(), contact(properties_hs_buying_role=""), contact()]
    later[2]["properties_associatedcompanyid"] = None
    strangers = [contact(properties_hs_buying_role=None)]
    put(tmp_path, "hubspot/contacts/2026_06_01.jsonl", numbered(later + strangers))
    rows = landed(tmp_path, TABLES)[0]["crm/contacts"]
    told = [(row["contact_id"], "_is_deleted" in row, row["account_id"]) for row in rows[-3:]]
    assert told == [("1", False, "1"), ("2", True, "1"), ("3", True, "1")]
    assert len(rows) == 6


def test_a_role_that_a_later_export_of_salesforce_deletes_holds_no_longer(tmp_path):
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}001,A,005,,Customer,false\n")
    put(
        tmp_path,
        "salesforce/Contact.csv",
        "Id,AccountId,Email,IsDeleted\nc1,001,p@a.com,false\nc2,001,q@a.com,false\n",
    )
    header = "Id,ContactId,OpportunityId,Role,LastModifiedDate,IsDeleted\n"
    role = f"r1,c1,1,Decision Maker,{DAY},"
    other = f"r2,c2,1,Champion,{DAY},false\n"
    put(tmp_path, "salesforce/OpportunityContactRole/1.csv", f"{header}{role}false\n{other}")
    put(tmp_path, "salesforce/OpportunityContactRole/2.csv", f"{header}{role}true\n")
    rows = landed(tmp_path, TABLES)[0]["crm/contacts"]
    assert [(row["contact_id"], row["role"]) for row in rows] == [("c2", "champion")]


def test_a_deal_follows_the_last_that_fivetran_says_of_its_links(tmp_path):
    put(tmp_path, "hubspot/company.csv", f"id,property_name,property_createdate\n1,A,{DAY}\n")
    put(
        tmp_path,
        "hubspot/deal.csv",
        "deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id\n5,default,closedwon,o\n",
    )
    header = "deal_id,company_id,type_id,_fivetran_deleted\n"
    put(tmp_path, "hubspot/deal_company/1.csv", f"{header}5,9,5,false\n")
    put(tmp_path, "hubspot/deal_company/2.csv", f"{header}5,9,5,true\n5,2,5,false\n")
    [row] = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert row["account_id"] == "2"


def test_the_lists_of_a_former_state_of_a_company_that_dlt_appended_do_not_hold(tmp_path):
    states = [("a", "old", 1), ("a", "new", 2), ("b", "other", 2)]
    for load in (1, 2):
        name = f"{load}790000000.5.jsonl"
        rows = [
            {"id": key, "hs_object_id": key, "createdate": DAY, "name": key, "_dlt_id": state}
            for key, state, at in states
            if at == load
        ]
        put(tmp_path, f"hubspot/companies/{name}", rows)
    links = [("a", "old"), ("b", "other")]
    put(
        tmp_path,
        "hubspot/companies__deals.jsonl",
        [{"value": key, "deals_id": "5", "_dlt_parent_id": state} for key, state in links],
    )
    put(tmp_path, "hubspot/deals.jsonl", [{"id": "5", "dealstage": "closedwon", "_dlt_id": "d"}])
    [row] = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert row["account_id"] == "b"


def test_a_number_of_people_that_is_none_makes_no_large_company(tmp_path):
    said = ["NaN", "inf", "1200", "12.0", None]
    rows = [company(properties_numberofemployees=number) for number in said]
    put(tmp_path, "hubspot/companies.jsonl", numbered(rows))
    told = [row.get("size_band") for row in landed(tmp_path, TABLES)[0]["crm/accounts"]]
    assert told == [None, "inf", "250+", "10-49", None]


def test_companies_that_were_merged_are_keys_between_semicolons_or_in_a_list(tmp_path):
    told = {"1": "5;6", "2": '["7","8"]', "3": [9, "10"], "4": "11", "5": "['12', '13']", "6": "[]"}
    put(
        tmp_path,
        "hubspot/companies.jsonl",
        [company(id=one, properties_hs_merged_object_ids=said) for one, said in told.items()],
    )
    found, quarantine = landed(tmp_path, TABLES)
    rows = found["crm/account_keys"]
    assert quarantine == []
    assert sorted((row["account_id"], row["foreign_key"]) for row in rows) == sorted(
        [("1", "5"), ("1", "6"), ("2", "7"), ("2", "8"), ("3", "9"), ("3", "10"), ("4", "11"),
         ("5", "12"), ("5", "13")]
    )  # fmt: skip


def change(at, value, name="industry"):
    return {"companyId": "1", "property": name, "value": value, "timestamp": at}


def test_what_a_company_is_now_holds_from_its_last_change_on_where_its_history_ends_before(
    tmp_path,
):
    now = company(properties_industry="NEW", properties_numberofemployees="12.0")
    histories = [
        ("a", "2026-02-01T00:00:00Z", [("OLD", "2026-03-01 00:00:00"), ("NEW", None)]),
        ("b", "2026-04-01T00:00:00Z", [("OLD", None)]),
    ]
    for name, at, expected in histories:
        put(tmp_path / name, "hubspot/companies.jsonl", [now])
        changes = [change(at, "OLD"), change(at, "12", "numberofemployees")]
        put(tmp_path / name, "hubspot/companies_property_history.jsonl", changes)
        rows = landed(tmp_path / name, TABLES)[0]["crm/accounts"]
        rows.sort(key=lambda row: row["valid_from"])
        assert [(row["industry"], row.get("valid_to")) for row in rows] == expected


LATER, LATEST = "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"
BEGAN, MOVED, BACK = "2026-03-01 00:00:00", "2026-04-01 00:00:00", "2026-05-01 00:00:00"
# Of a contact in two or three exports the company, the last change and the address; of each stay
# the company, the address, both ends, and whether it is taken back.
STAYS = {
    "moves": (
        [("1", DAY, "a"), ("2", LATER, "a"), ("1", LATEST, "a")],
        [
            ("1", "a", BEGAN, MOVED, False), ("2", "a", MOVED, BACK, False),
            ("1", "a", BACK, None, False),
        ],
    ),
    "leaves": ([("1", DAY, "a"), (None, LATER, "a")], [("1", "a", BEGAN, MOVED, False)]),
    "at no time": (
        [("1", None, "a"), ("2", None, "a")],
        [("1", "a", BEGAN, None, True), ("2", "a", BEGAN, None, False)],
    ),
    "other address": (
        [("1", DAY, "a"), ("1", LATER, "b")],
        [("1", "a", BEGAN, MOVED, False), ("1", "b", MOVED, None, False)],
    ),
    "stays": ([("1", DAY, "a"), ("1", LATER, "a")], [("1", "a", BEGAN, None, False)]),
}  # fmt: skip


def stays_in(landing):
    rows = landed(landing, TABLES)[0]["crm/account_users"]
    return [
        (
            row["account_id"], row["user_id"], row["valid_from"], row.get("valid_to"),
            "_is_deleted" in row,
        )
        for row in sorted(rows, key=lambda row: row["_file"])
    ]  # fmt: skip


@pytest.mark.parametrize("name", STAYS)
def test_who_is_told_in_another_company_is_in_the_former_no_longer(name, tmp_path):
    said, expected = STAYS[name]
    put(tmp_path / "h", "hubspot/companies.jsonl", [company()])
    put(tmp_path / "s", "salesforce/Account.csv", f"{ACCOUNTS}1,A,005,,Customer,false\n")
    for number, (account, at, address) in enumerate(said, 1):
        row = contact(
            properties_associatedcompanyid=account, updatedAt=at, properties_email=address,
            createdAt=DAY,
        )  # fmt: skip
        put(tmp_path / "h", f"hubspot/contacts/{number}.jsonl", [row])
        header = "Id,AccountId,Email,CreatedDate,LastModifiedDate\n"
        line = f"9,{account or ''},{address},{DAY},{at or ''}\n"
        put(tmp_path / "s", f"salesforce/Contact/{number}.csv", header + line)
    assert stays_in(tmp_path / "h") == expected
    assert stays_in(tmp_path / "s") == expected


def test_a_contact_leaves_its_company_on_the_day_that_is_told(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [company()])
    left = contact(createdAt=DAY, properties_left_at=LATER)
    put(tmp_path, "hubspot/contacts/1.jsonl", [left])
    moved = left | {"properties_associatedcompanyid": "2", "updatedAt": LATEST}
    put(tmp_path, "hubspot/contacts/2.jsonl", [moved])
    assert stays_in(tmp_path) == [
        ("1", "p@a.com", BEGAN, MOVED, False),
        ("2", "p@a.com", BACK, None, False),
    ]
    rows = landed(tmp_path, TABLES)[0]["crm/contacts"]
    assert [(row["account_id"], row.get("left_at")) for row in rows] == [("1", MOVED), ("2", None)]


def test_who_left_is_not_there_again_under_another_address(tmp_path):
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}1,A,005,,Customer,false\n")
    header = "Id,AccountId,Email,Role__c,CreatedDate,LastModifiedDate,Left_At__c\n"
    for number, line in enumerate((f"a@x,Champion,{DAY},{DAY}", f"b@x,Champion,{DAY},{LATEST}"), 1):
        put(tmp_path, f"salesforce/Contact/{number}.csv", f"{header}9,1,{line},{LATER}\n")
    rows = landed(tmp_path, TABLES)[0]["crm/contacts"]
    assert [row.get("left_at") for row in rows] == [MOVED, MOVED]
    assert stays_in(tmp_path)[-1] == ("1", "b@x", BACK, MOVED, False)


def test_a_role_that_nobody_explains_is_counted_and_not_taken_for_one_that_decides_nothing(
    tmp_path,
):
    said = [
        ("Entscheider", "Entscheider"), ("INFLUENCER;LEGAL_AND_COMPLIANCE", "other"),
        ("Technical Buyer", "other"), ("Champion;Projektleiter", "champion"),
        ("BLOCKER;Projektleiter", "BLOCKER;Projektleiter"), ("Economic Buyer", "buyer"),
        ("Buyer;Influencer", "buyer"),
    ]  # fmt: skip
    put(tmp_path, "hubspot/companies.jsonl", [company()])
    rows = [contact(properties_hs_buying_role=role) for role, _ in said]
    put(tmp_path, "hubspot/contacts.jsonl", numbered(rows))
    told = landed(tmp_path, TABLES)[0]["crm/contacts"]
    assert [row["role"] for row in told] == [means for _, means in said]


def merged_in_fivetran(landing):
    put(landing, "h/company.csv", f"id,property_name,property_createdate\n1,A,{DAY}\n")
    header = "deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id\n"
    put(landing, "h/deal.csv", header + "".join(f"{key},p,closedwon,o\n" for key in (5, 6, 7)))
    put(landing, "h/merged_deal.csv", "deal_id,merged_deal_id\n7,5\n7,6\n")
    header = (
        "id,property_email,property_associatedcompanyid,property_hs_buying_role,"
        "property_hs_calculated_merged_vids\n"
    )
    put(landing, "h/contact.csv", f"{header}5,a@x,1,Champion,\n7,b@x,1,Champion,5:177;7:178\n")


def merged_in_airbyte(landing):
    put(landing, "h/companies.jsonl", [company()])
    deals = [deal(id="5"), deal(id="6"), deal(id="7", properties_hs_merged_object_ids="5;6")]
    put(landing, "h/deals.jsonl", deals)
    people = [contact(id="5"), contact(id="7", properties_hs_merged_object_ids="['5']")]
    put(landing, "h/contacts.jsonl", people)


def merged_in_dlt(landing):
    row = {"id": "1", "hs_object_id": "1", "createdate": DAY, "name": "A", "_dlt_id": "c"}
    put(landing, "h/companies.jsonl", [row])
    keys = ("5", "6", "7")
    deals = [{"id": key, "dealstage": "closedwon", "_dlt_id": f"d{key}"} for key in keys]
    put(landing, "h/deals.jsonl", deals)
    lists = [{"value": key, "_dlt_parent_id": "d7"} for key in ("5", "6")]
    put(landing, "h/deals__hs_merged_object_ids.jsonl", lists)
    people = [
        {
            "id": key, "hs_object_id": key, "email": "p@a.com", "associatedcompanyid": "1",
            "hs_buying_role": "CHAMPION", "_dlt_id": f"p{key}",
        }
        for key in ("5", "7")
    ]  # fmt: skip
    put(landing, "h/contacts.jsonl", people)
    lists = [{"value": "5", "_dlt_parent_id": "p7"}]
    put(landing, "h/contacts__hs_merged_object_ids.jsonl", lists)


@pytest.mark.parametrize("export", [merged_in_fivetran, merged_in_airbyte, merged_in_dlt])
def test_deals_and_contacts_that_were_merged_are_one(export, tmp_path):
    export(tmp_path)
    rows, _ = landed(tmp_path, TABLES)
    for table, key in (("crm/opportunities", "opportunity_id"), ("crm/contacts", "contact_id")):
        there = [row[key] for row in rows[table] if "_is_deleted" not in row]
        assert there == ["7"]


def test_an_account_of_salesforce_that_was_merged_and_is_restored_is_itself_again(tmp_path):
    header = "Id,Name,OwnerId,ParentId,MasterRecordId,IsDeleted,LastModifiedDate\n"
    kept, merged = f"1,A,005,,,false,{DAY}\n", f"2,B,005,,1,true,{DAY}\n"
    put(tmp_path, "salesforce/Account/1.csv", header + kept + merged)
    keys = landed(tmp_path, TABLES)[0]["crm/account_keys"]
    assert [(row["foreign_key"], row["account_id"]) for row in keys] == [("2", "1")]
    put(tmp_path, "salesforce/Account/2.csv", f"{header}2,B,005,,,false,{LATER}\n")
    assert "crm/account_keys" not in landed(tmp_path, TABLES)[0]


def test_a_label_of_ones_own_makes_no_company_the_primary_one_of_a_deal(tmp_path):
    put(tmp_path, "hubspot/company.csv", f"id,property_name,property_createdate\n1,A,{DAY}\n")
    header = "deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id\n"
    put(tmp_path, "hubspot/deal.csv", f"{header}5,default,closedwon,o\n6,default,closedwon,o\n")
    links = ["5,2,5,USER_DEFINED", "5,1,5,HUBSPOT_DEFINED", "6,1,5,USER_DEFINED", "6,2,341,"]
    lines = "".join(f"{link}\n" for link in links)
    put(tmp_path, "hubspot/deal_company.csv", f"deal_id,company_id,type_id,category\n{lines}")
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    assert [row.get("account_id") for row in rows] == ["1", None]


def test_a_former_value_of_a_history_is_no_former_state_to_leave_out(tmp_path):
    put(tmp_path, "hubspot/company.csv", f"id,property_name,property_createdate\n1,A,{DAY}\n")
    header = "company_id,name,value,timestamp,_fivetran_active\n"
    changes = f"1,industry,OLD,{LATER},false\n1,industry,NEW,{LATEST},true\n"
    put(tmp_path, "hubspot/company_property_history.csv", header + changes)
    rows = landed(tmp_path, TABLES)[0]["crm/accounts"]
    assert [(row["industry"], row.get("valid_to")) for row in rows] == [
        ("OLD", BACK),
        ("NEW", None),
    ]


def test_an_account_of_salesforce_is_the_same_by_15_and_by_18_characters(tmp_path):
    header = "Id,Name,OwnerId,ParentId,MasterRecordId,IsDeleted,LastModifiedDate\n"
    kept, merged, gone = (f"0015g00000AbCd{sign}AA2" for sign in "EFG")
    put(
        tmp_path,
        "salesforce/Account.csv",
        f"{header}{kept},A,005,,,false,{DAY}\n{merged},B,005,,{kept},true,{DAY}\n"
        f"{gone},C,005,,,true,{DAY}\nshort,D,005,,,false,{DAY}\n",
    )
    keys = landed(tmp_path, TABLES)[0]["crm/account_keys"]
    told = {(row["foreign_key"], row["account_id"]) for row in keys}
    assert told == {(kept[:15], kept), (merged, kept), (merged[:15], kept)}


def closing_in(landing, system, deal, pipelines):
    """Land a deal of the pipeline 9081234, and what the export says of pipelines; tell its type."""
    put(landing, f"{system}/{deal[0]}", deal[1])
    put(landing, f"{system}/{pipelines[0]}", pipelines[1])
    [row] = landed(landing, TABLES)[0]["crm/opportunities"]
    return row.get("type")


def test_a_deal_is_a_renewal_by_what_its_pipeline_is_called_and_not_by_its_number(tmp_path):
    header = "deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id\n"
    fivetran = ("deal.csv", f"{header}5,9081234,77,o\n")
    put(tmp_path, "f/company.csv", f"id,property_name,property_createdate\n1,A,{DAY}\n")
    labels = "pipeline_id,label,_fivetran_deleted\n9081234,Renewals,false\n9,New,false\n"
    assert closing_in(tmp_path, "f", fivetran, ("deal_pipeline.csv", labels)) == "renewal"
    put(tmp_path / "a", "a/companies.jsonl", [company()])
    airbyte = ("deals.jsonl", [deal(properties_pipeline="9081234")])
    pipelines = [{"pipelineId": "9081234", "label": "Renewals", "stages": [{"stageId": "77"}]}]
    found = closing_in(tmp_path / "a", "a", airbyte, ("deal_pipelines.jsonl", pipelines * 2))
    assert found == "renewal"
    row = {"id": "1", "hs_object_id": "1", "createdate": DAY, "name": "A", "_dlt_id": "c"}
    put(tmp_path / "d", "d/companies.jsonl", [row])
    of_dlt = {"id": "5", "dealstage": "77", "pipeline": "9081234", "_dlt_id": "d5"}
    pipelines = [{"id": "9081234", "label": "Sales", "archived": False, "display_order": 0}]
    dlt = ("deals.jsonl", [of_dlt])
    assert closing_in(tmp_path / "d", "d", dlt, ("pipelines_deals/1.jsonl", pipelines)) is None
    pipelines[0]["label"] = "Renewals"
    assert closing_in(tmp_path / "d", "d", dlt, ("pipelines_deals/2.jsonl", pipelines)) == "renewal"


def test_who_decides_in_one_opportunity_decides_though_a_later_one_has_the_person_for_less(
    tmp_path,
):
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}001,A,005,,Customer,false\n")
    people = {
        "c1": (["Decision Maker", "Influencer"], "buyer"),
        "c2": (["Buyer", "Evaluator"], "buyer"),
        "c3": (["Evaluator", "Other"], "other"),
        "c4": (["Entscheider", "Other"], "Entscheider"),
    }
    lines = "".join(f"{person},001,{person}@a.com\n" for person in people)
    put(tmp_path, "salesforce/Contact.csv", f"Id,AccountId,Email\n{lines}")
    header = "Id,ContactId,OpportunityId,Role,LastModifiedDate\n"
    lines = "".join(
        f"{person}{place},{person},{place},{role},{at}\n"
        for person, (roles, _) in people.items()
        for place, (role, at) in enumerate(zip(roles, (DAY, LATER), strict=True))
    )
    put(tmp_path, "salesforce/OpportunityContactRole.csv", header + lines)
    rows = landed(tmp_path, TABLES)[0]["crm/contacts"]
    assert [row["role"] for row in rows] == [means for _, means in people.values()]


def test_an_opportunity_is_a_renewal_by_what_its_record_type_is_called(tmp_path):
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}001,A,005,,Customer,false\n")
    opportunities = "1,R1,\n2,R1,New Customer\n3,R2,Renewal\n4,R2,\n5,,New Customer\n"
    lines = [
        f"{key},001,2026-12-01,Signed,false,{said}\n"
        for key, said in (line.split(",", 1) for line in opportunities.splitlines())
    ]
    header = "Id,AccountId,CloseDate,StageName,IsClosed,RecordTypeId,Type\n"
    put(tmp_path, "salesforce/Opportunity.csv", header + "".join(lines))
    kinds = "Id,Name,DeveloperName,SobjectType\nR1,Renewal Deal,Renewal,Opportunity\nR2,New,New,x\n"
    put(tmp_path, "salesforce/RecordType.csv", kinds)
    rows = landed(tmp_path, TABLES)[0]["crm/opportunities"]
    told = [row.get("type") for row in rows]
    assert told == ["renewal", "renewal", "renewal", None, "new_business"]


def test_who_is_told_by_18_characters_and_by_the_15_of_a_report_is_one(tmp_path):
    account, contact, kind = ("0015g00000AbCdE", "0035g00000AbCdE", "0125g00000AbCdE")
    put(tmp_path, "salesforce/Account.csv", f"{ACCOUNTS}{account}AA2,A,005,,Customer,false\n")
    people = f"{contact}AA2,{account}AA2,a@a.com\n0035g00000AbCde,{account}AA2,b@a.com\n"
    put(tmp_path, "salesforce/Contact.csv", f"Id,AccountId,Email\n{people}")
    roles = f"00K1,{contact},006,Decision Maker\n00K2,{contact}AA2,007,Evaluator\n"
    header = "Id,ContactId,OpportunityId,Role\n"
    put(tmp_path, "salesforce/OpportunityContactRole.csv", header + roles)
    header = "Id,AccountId,CloseDate,StageName,IsClosed,RecordTypeId\n"
    deal = f"006,{account},2026-12-01,Signed,false,{kind}AA2\n"
    put(tmp_path, "salesforce/Opportunity.csv", header + deal)
    put(tmp_path, "salesforce/RecordType.csv", f"Id,Name\n{kind},Renewal Deal\n")
    rows = landed(tmp_path, TABLES)[0]
    told = [(row["contact_id"], row["role"]) for row in rows["crm/contacts"]]
    assert told == [(f"{contact}AA2", "buyer")]
    assert [row["type"] for row in rows["crm/opportunities"]] == ["renewal"]


BOTH = {"properties": {"name": "A"}, "properties_name": "A"}


@pytest.mark.parametrize("said", [{"properties": {"name": "A"}}, {"properties_name": "A"}, BOTH])
def test_the_properties_of_a_company_of_hubspot_stand_in_columns_or_in_one_object(tmp_path, said):
    told = {"id": "1", "createdAt": DAY, "updatedAt": DAY, "archived": False}
    put(tmp_path, "hubspot/companies.jsonl", [told | said])
    rows, _ = landed(tmp_path, TABLES)
    assert [(row["account_id"], row["name"]) for row in rows["crm/accounts"]] == [("1", "A")]


def test_companies_without_properties_are_named_and_not_landed_without_names(tmp_path):
    put(tmp_path, "hubspot/companies.jsonl", [{"id": "1", "createdAt": DAY, "updatedAt": DAY}])
    said = []
    rows, _ = landed(tmp_path, TABLES, said.append)
    assert rows == {}
    assert "properties_name" in said[0]
