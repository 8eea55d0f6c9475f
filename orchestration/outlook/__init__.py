"""The outlook: who will leave, learned from the customer's own past; dbt scores and explains it."""
