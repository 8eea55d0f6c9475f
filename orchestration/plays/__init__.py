"""Plays: who is offered which, written before it is offered, and whether it helped.

Which account is due for which play, and who is held out of it, is SQL (``models/marts/plays``).
What is here: the book of assignments, and the statistics of effects. What is not here: the page.
"""
