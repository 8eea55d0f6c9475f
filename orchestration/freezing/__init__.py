"""References of a company: what is usual among its customers, drawn once and written to a file.

``proposal`` draws them from the built warehouse, ``files`` writes them as landing files that
people can edit, ``words`` says what was drawn and who would be in another band, and ``first``
does all of it by itself for a new company. What is not here: how scores are made of them, which
the models do for every day on which a file says that it holds.
"""
