"""The day that is built, for expectations in SQL: nothing here asks what day it is today."""

AS_OF = "(select as_of_date from raw.run_parameters)"
