"""What a landing folder holds and what will come of it, told in seconds before anything is built.

``sampling`` copies the beginnings of files, ``examination`` lets the loader itself read them and
looks at what came of it, ``values`` guesses what columns hold, ``accounts`` matches systems,
``prospects`` says which figures will exist, ``drafts`` writes mappings to be edited with what
``doubts`` asks, and ``wording`` says it all. ``answers`` and ``catalogues`` are for ``make init``.
What is not here: the reading of files, which is the loader's and the adapters'.
"""
