"""What a person sets, read in ``environment`` and checked in ``values``, and the machine."""
