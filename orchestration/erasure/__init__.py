"""Erasure: persons who asked to be forgotten are taken out of raw, and so out of everything.

``persons`` finds out who they are, ``marks`` writes the SQL about their marks, ``rows`` finds the
rows that carry them, ``replacements`` says what stands there afterwards, ``fresh_file`` writes all
of raw into a new file without them, and ``outcome`` says what was done. What is not here: the
build and the publication that follow, which are those of any run.
"""
