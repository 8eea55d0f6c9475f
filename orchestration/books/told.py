"""What people were told, and by which kind of key; ``publication.publish`` writes the former."""

TOLD_BOOKS = {
    "published_scores": {
        "account_id": "varchar",
        "score_date": "date",
        "model_version_id": "varchar",
        "band": "varchar",
        "status": "varchar",
        "health_score": "double",
        "confidence": "double",
        "run_id": "varchar",
    },
    # Since when people have had pseudonyms by a key of the operator's own; no row where they have
    # those of the demonstration. ``landing.own_key`` writes it.
    "own_key": {"noted_at": "timestamp"},
}
