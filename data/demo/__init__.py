r"""The demonstration company: landing files of an invented software vendor, and the truth.

What is here: one small simulation, read top to bottom by ``simulation.py``.

* ``horizon`` days, months and local clocks; ``sizes`` how much; ``streams`` random numbers
* ``catalogue`` what it states of itself; ``company``, ``people`` who there is
* ``effects``, ``walker`` how accounts fare, week by week
* ``usage``, ``mix``, ``delivery`` events and how they arrive; ``telemetry`` errors, latency
* ``contracts``, ``billing``, ``payments`` money; ``support``, ``surveys``, ``care`` people;
  ``status``, ``records`` the rest
* ``landing``, ``event_files`` files; ``damage`` what is wrong with them; ``ledger`` the count
* ``truth``, ``oracle`` what nobody could know from the files

How to call it::

    python -m data.demo --size tiny --seed 7 --end 2026-10-31 --landing data/landing \\
        --truth data/truth

The same seed and size give the same bytes. The truth lies outside the landing folder, so that
no model can read it by accident. What the company states about itself (plans, features, event
names, references) stands in ``catalogues`` and lands as it is, so there is one truth about it.

What is not here: reading, cleaning or judging of what was written.

The law of ``truth_dirt.json``, for every table: lines = loaded + quarantined, and
loaded = kept + duplicates + rejected. ``warnings`` (an optional value that cannot be read) and
``rows_with_unknown_columns`` count loaded rows; ``notes`` count kept rows of a kind. A line is
in at most one of quarantined, duplicates and rejected; notes may overlap each other.
"""
