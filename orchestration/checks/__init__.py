"""Checks that hang from assets: the three gates and freshness. Nothing is imported here."""
