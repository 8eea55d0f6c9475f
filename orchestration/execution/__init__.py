"""What a run says: its lines while it happens, why it failed, and whether it is needed."""
