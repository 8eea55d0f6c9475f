"""What people call: ``python -m orchestration.commands.<name>``, one module each; ``make help``."""
