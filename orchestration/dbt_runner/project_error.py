"""The error of a dbt project that cannot be read, which both who reads and who parses it raise."""


class ProjectError(RuntimeError):
    """The dbt project cannot be read. The text is dbt's own."""
