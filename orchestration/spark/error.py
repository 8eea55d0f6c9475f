"""What is raised where Spark cannot be used as things are."""

from orchestration.warehouse.connection import WarehouseError


class SparkError(WarehouseError):
    """Spark cannot be used as things are. The text says why and what to do."""
