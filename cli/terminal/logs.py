"""Where the log goes and how it looks: standard error, JSON for machines or lines for people; decides not what is said."""

import logging
import sys

import structlog

from casework.settings import Log


def write_logs(form: Log) -> None:
    """Send our own log and that of the libraries the same way; a traceback shows no values, which may be passwords."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor
    if form == "json":
        shared.append(structlog.processors.format_exc_info)
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, last]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # These warn each second, one at length, of a server that we say is away.
    for told_by_us in ("asyncpg.pool", "arq.connections"):
        logging.getLogger(told_by_us).setLevel(logging.ERROR)


def _plain(logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)
