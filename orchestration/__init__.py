"""The warehouse from landed files to the report, and Dagster, which runs it.

Dagster's parts stand here and in ``assets`` and ``checks``: ``definitions``, ``jobs``,
``schedules``, ``sensors``, ``resources``, ``dagster_instance``, ``event_log``;
``in_process_run`` runs a job in this process, and ``execution`` says what came of it. Of the
packages below them only ``dbt_runner`` knows Dagster, which it tells what dbt has built:
``landing`` reads files, ``publication`` and ``reporting`` deliver, ``erasure`` forgets,
``freezing`` and ``proposal`` draw references and weights from the past, ``warehouse`` is the one
way into the file. ``commands`` is what people call. No two of them use each other.
"""
