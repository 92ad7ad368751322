"""Column types that read the same from SQLite and PostgreSQL."""

import datetime as dt
import enum

from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment, stored in UTC; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Refuse naive moments, turn others to UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a moment without time zone: {value}")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            return value.replace(tzinfo=dt.UTC)
        return value.astimezone(dt.UTC)


def enum_type(kind: type[enum.StrEnum]) -> Enum:
    """Store an enum by its values, as text that both databases check alike."""
    return Enum(
        kind,
        native_enum=False,
        length=40,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class CodeText(TypeDecorator[enum.StrEnum]):
    """An enum in a column that an earlier version made for any text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[enum.StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(
        self, value: enum.StrEnum | None, dialect: Dialect
    ) -> str | None:
        """Refuse what is no member."""
        return None if value is None else self.kind(value).value

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> enum.StrEnum | None:
        """Give the member back."""
        return None if value is None else self.kind(value)
