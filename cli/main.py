"""The `lianban` command; each of its commands lives in a file of its own, and none decides anything."""

import rich_click as click


@click.group()
def main() -> None:
    """Watch the deadlines and promises of a city's joint utility connection."""


if __name__ == "__main__":
    main()
