"""The plugin of dbt-duckdb by which every session of dbt has the key of the pseudonyms.

``profiles.yml`` names it, so it holds for dbt started by hand, too. What is not here: the key,
which ``settings`` reads.
"""

from typing import Any

from orchestration.private_interfaces.of_dbt_duckdb import BasePlugin
from orchestration.settings.environment import Settings
from orchestration.settings.pseudonym_key import SET_KEY, read_pseudonym_key


class Plugin(BasePlugin):
    """Gives each cursor the key as a variable; dbt writes what it sets itself into its log."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Read the key once.

        Raises:
            SettingsError: the key file cannot be used.
        """
        self._key = read_pseudonym_key(Settings.from_environment().pseudonym_key_file)

    def configure_cursor(self, cursor: Any) -> None:
        """Set the variable."""
        cursor.execute(SET_KEY, [self._key])
