"""What is said with an act, taken apart: facts, words, and what is sealed."""

import dataclasses
from collections.abc import Mapping
from typing import Any, NamedTuple

from huixiang.domain.acts.decision import HELD, PAYLOADS, ActVerb, Held, Payload
from huixiang.store.codec import decode, encode

Document = dict[str, Any]


class Parts(NamedTuple):
    """The three parts of a payload, each as its column keeps it."""

    facts: Document
    words: Document
    sealed: Document


def taken_apart(payload: Payload) -> Parts:
    """Return the parts of *payload*; words and sealed fields that are empty are left out."""
    document = encode(payload)
    held = _held(type(payload))
    parts = Parts({}, {}, {})
    for name, value in document.items():
        where = held[name]
        if where is None:
            parts.facts[name] = value
        elif value:
            (parts.words if where is Held.WORDS else parts.sealed)[name] = value
    return parts


def put_together(
    verb: ActVerb, facts: Document, words: Document | None, sealed: Document | None
) -> Payload:
    """Return the payload; what was erased is empty."""
    return decode(PAYLOADS[verb], {**facts, **(words or {}), **(sealed or {})})


def _held(kind: type[Payload]) -> Mapping[str, Held | None]:
    return {each.name: each.metadata.get(HELD) for each in dataclasses.fields(kind)}
