"""What customer systems are told, against servers of this machine that are as strict as theirs."""
