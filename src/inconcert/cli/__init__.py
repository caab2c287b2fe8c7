"""The command line: a door to the verbs, and nothing else."""

from inconcert.cli.command import main

__all__ = ["main"]
