"""Runs the auditor's worker in this process until it is told to stop; knows no job."""

import asyncio

import auditor.worker
from api.archive import archive_of
from casework.settings import SettingFault, Settings
from cli.running.schemes import books_of
from cli.terminal.logs import write_logs
from words import sentence


def work(settings: Settings) -> None:
    write_logs(settings.log)
    if settings.database_url is None:
        raise SettingFault("LIANBAN_DATABASE_URL", sentence("it is missing"), sentence("Name the database"))
    if settings.redis_url is None:
        raise SettingFault(
            "LIANBAN_REDIS_URL", sentence("it is missing"), sentence("Name the Redis or Valkey that keeps the worker's timetable")
        )
    asyncio.run(auditor.worker.work(settings.database_url, settings.redis_url, books_of(settings), archive_of(settings)))
