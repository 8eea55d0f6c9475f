"""The Open University's learning analytics, turned into landing files: real usage logs.

What is here: the publisher's files (``published_files``), how they are read (``reading``) and
checked (``refusals``, ``oddities``), what becomes of them (``preparation``, ``landing_tables``,
``events``) and how that is written (``landing_files``). A student is an account with one user,
an enrolment in a presentation of a module is a subscription to the plan of that name, a row of
clicks and a submission are events.

What is not here: the data. Its licence allows copies with the source named; whoever wants it
downloads it from its publisher. Nor anything the data do not say: prices, tickets, surveys,
errors, latency, payments. Those tables are not written, so what needs them is unavailable
rather than zero. Nor are there seats: a student studies credits, which nobody sits on. A banked
submission was carried over from an earlier presentation; it is an event, but no activity.
Whatever is done beyond the homepage is the core of studying.

The data are days, not times. Every time that is written is 00:00 UTC of its day, so sessions,
hours of the day and the order of events within a day mean nothing.

Source: J. Kuzilek, M. Hlosta, Z. Zdrahal: Open University Learning Analytics dataset,
Scientific Data 4:170171 (2017), https://doi.org/10.1038/sdata.2017.171, licence CC BY 4.0.
Changed here: reshaped; days counted from the start of a presentation turned into dates.
"""
