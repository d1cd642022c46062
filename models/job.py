"""Background work: the processes that do it, and what of it has failed for good."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now

#: What the engine of background work keeps beside our tables in a SQLite file. They are its own to migrate.
ENGINE_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)


class JobProcess(SQLModel, table=True):
    """A process that carries out jobs, from one start of it to its end. One that no longer beats is dead."""

    __tablename__ = "job_process"

    id: str = Field(primary_key=True, max_length=32)
    started_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    beat_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class FailedJob(SQLModel, table=True):
    """A job that was tried as often as it is worth, until the programme office has it tried again."""

    __tablename__ = "failed_job"

    id: int | None = Field(default=None, primary_key=True)
    # The engine's name of the last try: a try that is made twice fails once.
    job_id: str = Field(max_length=200, unique=True)
    name: str = Field(max_length=40, index=True)
    ids: dict[str, int | str | None] = Field(default_factory=dict, sa_type=JSON)
    tries: int
    error: str = Field(max_length=500)
    failed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
