"""The sample city, loaded into an empty database at the first start; never beside anybody's own cases."""

from api.settings import Settings


def load_sample(settings: Settings) -> None:
    """Placeholder until the sample city is here."""
