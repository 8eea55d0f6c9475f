"""Judges the score on customers that nobody invented, and on those of the demonstration company.

``python -m tests.judge --university FOLDER --git-history FOLDER --company demo`` lands and builds
each set, asks of every Monday and horizon how well the score, each of its components and the
simplest rules ranked who left or went silent, and prints one table a set. ``--before`` adds the
score of an older build of the same landing files, ``--write`` puts the tables into a page.

What is here: the sets (``data_sets``), what is asked (``rows``), the figures with intervals by
accounts (``figures``) and how they are written (``tables``, ``written``). ``python -m
tests.judge.pages`` prints account pages for a person to read. What is not here: the data.
"""
