"""The warehouse from landed files to the report, and Dagster, which runs it.

Dagster's parts stand here and in ``assets`` and ``checks``: ``definitions``, ``jobs``,
``schedules``, ``sensors``, ``resources``, ``dagster_instance``, ``event_log``; ``execution`` runs a
job in this process. The packages below them know nothing of Dagster: ``landing`` reads files,
``dbt_runner`` builds models, ``publication`` and ``reporting`` deliver, ``erasure`` forgets,
``freezing`` and ``proposal`` draw references and weights from the past. ``commands`` is what people
call.
"""
