"""All jobs. A process that carries out any imports this, and so knows each by its name."""

from matchmaker.jobs import agreements, clock, keeping, mails, meetings, notices, packages

__all__ = ["agreements", "clock", "keeping", "mails", "meetings", "notices", "packages"]
