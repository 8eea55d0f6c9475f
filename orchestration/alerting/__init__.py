"""Telling people of alerts: what is due, in which words, by which channel, and how it ended."""
