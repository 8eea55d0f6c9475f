"""What belongs to the process as a whole: signals to stop, and where its words go."""
