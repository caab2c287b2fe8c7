"""How a command ends: an exit code, and on stderr one line that says what happened and what to do."""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from types import FrameType, TracebackType

import click

from inconcert.cli.terminal import complain
from inconcert.errors import InconcertError

INTERRUPTED = 130
BUG = (
    "Inconcert stopped on a fault of its own: {what}. No case is damaged by it. Run the command again with --debug and "
    "report what it prints."
)


class Outcome:
    """Context around one command: ends it as InconcertError, click or the operating system ask for.

    code: the exit code, once the block has ended.   debug: whether to print tracebacks; set by --debug.
    """

    def __init__(self) -> None:
        self.code = 0
        self.debug = False
        self._interrupted = False

    def __enter__(self) -> Outcome:
        self._former = signal.signal(signal.SIGINT, self._interrupt)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        logging.basicConfig(level=logging.WARNING, handlers=[_ToStderr()])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> bool:
        signal.signal(signal.SIGINT, self._former)
        if error is None:
            self._flush()
            return True
        if self.debug and not isinstance(error, click.exceptions.Exit | BrokenPipeError):
            traceback.print_exception(kind, error, where)
        self.code = self._end(error)
        return True

    def _end(self, error: BaseException) -> int:
        # An engine may answer Ctrl-C with an error of its own, so that the signal counts and not the exception.
        if self._interrupted or isinstance(error, KeyboardInterrupt | click.Abort):
            complain("Interrupted. Nothing is damaged: the same command goes on from what was finished.")
            return INTERRUPTED
        if isinstance(error, click.exceptions.Exit):
            return error.exit_code
        if isinstance(error, click.ClickException):
            return _usage(error)
        if isinstance(error, InconcertError):
            complain(str(error))
            return error.exit_code
        if isinstance(error, BrokenPipeError):
            return _close_quietly()
        if isinstance(error, SystemExit):
            return error.code if isinstance(error.code, int) else 1
        if isinstance(error, MemoryError):
            complain("There is not enough memory. Ingest fewer files at a time, or use a machine with more memory.")
        elif isinstance(error, OSError):
            complain(f"The system refused: {error}. No case is damaged by it.")
        else:
            complain(BUG.format(what=f"{type(error).__name__}: {error}"))
        return 1

    def _flush(self) -> None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            self.code = _close_quietly()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._interrupted = True
        raise KeyboardInterrupt


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    hint = f" Try: {context.command_path} --help" if context is not None else ""
    message = error.format_message()
    complain(f"{message if message.endswith(('.', '?', ')')) else message + '.'}{hint}")
    return error.exit_code


def _close_quietly() -> int:
    """The reader of our output has left: leave too, and let nothing try to write again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


class _ToStderr(logging.Handler):
    """Log records as one visible line on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        complain(self.format(record))
