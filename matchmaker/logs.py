"""Structured logs: one line an event, JSON for machines or text for people. No secret, no text that users wrote."""

import logging
import sys

import structlog


def configure(log_format: str) -> None:
    # Tracebacks without the values of variables: those hold tokens, addresses and what people wrote.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    if log_format == "json":
        last: list[structlog.types.Processor] = [
            structlog.processors.ExceptionRenderer(tracebacks),
            structlog.processors.JSONRenderer(),
        ]
    else:
        plain = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    # The server's own lines (start, stop, protocol errors) go the same way.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
