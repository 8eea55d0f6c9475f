"""How fast the pipeline is: ``make bench`` prints ratios measured side by side in one run.

* ``scratch`` where it works; ``steps`` what is measured, in order; ``measured`` how
* ``bare_pass`` what the build is compared with; ``unpacked`` how much the files hold
* ``time_spent`` which stages and dbt nodes took the time; ``aims`` what was promised
* ``printed`` the tables; ``shapes`` and ``shaped_files`` companies of other shapes than ours

What is not here: tests. Nothing fails because a machine is slow or busy.
"""
