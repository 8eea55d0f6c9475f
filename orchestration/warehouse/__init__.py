"""The working file: the one way into it, the lock of a run, and files written atomically."""
