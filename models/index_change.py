"""The log by which every process's matching index follows what is published, edited and closed."""

from sqlmodel import Field, SQLModel


class IndexChange(SQLModel, table=True):
    """Something that is matched has changed. Ids grow in the order of commits (see matchmaker.matching)."""

    __tablename__ = "index_change"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)  # "initiative" or "card"
    object_id: int
