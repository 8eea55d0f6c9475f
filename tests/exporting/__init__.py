"""Files for people and programs, whatever a customer writes into a name."""
