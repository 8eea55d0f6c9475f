"""What people were told; ``publication.publish`` writes it."""

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
}
