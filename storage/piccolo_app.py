"""Our one Piccolo app: its tables and where its migrations are."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from storage.tables import TABLES

APP_NAME = "lianban"
APP_CONFIG = AppConfig(
    app_name=APP_NAME,
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=TABLES,
    migration_dependencies=[],
)
