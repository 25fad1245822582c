"""The settings of this run; the only place of the command line that reads the environment."""

import os

from api.settings import Settings, read_settings


def here() -> Settings:
    """Read the settings from the environment."""
    return read_settings(os.environ)
