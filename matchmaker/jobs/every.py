"""All jobs. A process that carries out any imports this, and so knows each by its name."""

from matchmaker.jobs import clock, keeping, mails, meetings, packages

__all__ = ["clock", "keeping", "mails", "meetings", "packages"]
