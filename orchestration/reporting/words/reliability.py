"""Errors, waiting and downtime."""

MEASUREMENTS = {
    "page_load": "page loads",
    "api_latency": "calls of the API",
    "query": "queries",
    "lcp": "largest contentful paint",
    "inp": "interaction to next paint",
    "ttfb": "time to first byte",
}
