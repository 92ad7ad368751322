"""The one way between typed facts and what the database keeps of them."""

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, Result

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what reads and writes *kind*; made once, which takes a moment."""
    return TypeAdapter(kind)


def encode(fact: object, kind: Any = None) -> Any:
    """Return a frozen fact as JSON-able values; *kind* where its class says too little."""
    shape: Any = kind or type(fact)
    return _adapter(shape).dump_python(fact, mode="json")


def decode(kind: type[T], document: object) -> T:
    """Return the fact that *document* was made from; a foreign one is an error."""
    shape: Any = kind
    fact: T = _adapter(shape).validate_python(document)
    return fact


def facts_of(kind: type[T], result: Result[Any] | CursorResult[Any]) -> Sequence[T]:
    """Return each row as a *kind*, whose fields are named like the row's columns."""
    return [kind(**row) for row in _rows(result)]


def decode_rows(kind: type[T], result: Result[Any] | CursorResult[Any]) -> Sequence[T]:
    """Return each row as a *kind*, documents among its columns as the facts they hold."""
    return [decode(kind, row) for row in _rows(result)]


def _rows(result: Result[Any] | CursorResult[Any]) -> Iterator[dict[str, Any]]:
    """Yield each row by the names of its columns, which are looked up once."""
    names = tuple(result.keys())
    for row in result:
        yield dict(zip(names, row, strict=True))


def row_of(fact: Any) -> dict[str, Any]:
    """Return a frozen fact as the row it is kept in: a document for each fact in it."""
    values = {each.name: getattr(fact, each.name) for each in dataclasses.fields(fact)}
    return {
        name: encode(value) if dataclasses.is_dataclass(value) else value
        for name, value in values.items()
    }
