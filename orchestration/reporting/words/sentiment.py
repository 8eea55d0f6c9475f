"""What customers say."""

USAGE_LEVELS = {
    "more": "More than the median customer",
    "less": "As much as the median customer or less",
    "not known": "Seats not known",
}
