"""Files that are kept on the disk."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class StoredFile(SQLModel, table=True):
    """A content that somebody keeps (``matchmaker.storage``), whatever it is called and wherever it is shown. Rows
    that show it refer to this one; a file on the disk without one is swept.
    """

    __tablename__ = "stored_file"

    sha256: str = Field(primary_key=True, max_length=64)
    size: int
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
