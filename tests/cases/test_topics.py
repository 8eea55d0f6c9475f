"""What a text is about is told by words of a seed, and the text itself goes nowhere."""

from datetime import date

from tests.cases.built import asking, build, write_landing

AT = "2026-10-30T08:00:00Z"
EVENT = {"event_name": "login", "user_id": "u", "event_ts": "2026-10-31T08:00:00Z"}
# Said, told by the export, and what is taken for the topic.
COMMENTS = [
    ("Slow, and the price is too expensive for us", None, "pricing"),
    ("It is slow", "design", "design"),
    ("It is slow", None, "performance"),
    ("PRICING went up", None, "pricing"),
    ("We like it", None, None),
    (None, None, None),
    ("Debugging is fun", None, None),
    ("slow invoice", None, "billing"),
]


def test_a_text_has_the_topic_of_which_it_holds_the_most_words_unless_the_export_tells_one(
    tmp_path,
):
    rows = [
        {"response_id": f"r{number}", "survey_type": "nps", "score": 9, "responded_at": AT,
         "comment": said, "topic": told}
        for number, (said, told, _) in enumerate(COMMENTS)
    ]  # fmt: skip
    tickets = [
        {"ticket_id": f"t{number}", "status": "open", "created_at": AT, "updated_at": AT,
         "subject": said, "topic": told}
        for number, (said, told, _) in enumerate(COMMENTS)
    ]  # fmt: skip
    landing = write_landing(
        tmp_path / "landing",
        {"surveys/responses": rows, "support/tickets": tickets, "product/events": [EVENT]},
    )
    models = ["stg_surveys__responses", "stg_support__tickets"]
    ask = asking(build(tmp_path, landing, models, date(2026, 10, 31)))
    topics = [topic for _, _, topic in COMMENTS]
    for model in models:
        found = ask(f"select topic from staging.{model} order by landed_line")
        assert [topic for (topic,) in found] == topics
        columns = [name for name, *_ in ask(f"describe staging.{model}")]
        assert not {"comment", "subject", "found_topic"} & {*columns}
