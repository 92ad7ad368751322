"""Mask what people say with an act before it is written down."""

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huixiang.domain.acts.act import NewAct
from huixiang.domain.acts.decision import HELD, Held, Payload
from huixiang.intake.redaction import mask


def masked(new: NewAct) -> NewAct:
    """Return *new* with personal data in people's words replaced by marks."""
    payload = new.payload
    words = {
        each.name: _masked(getattr(payload, each.name))
        for each in dataclasses.fields(payload)
        if each.metadata.get(HELD) is Held.WORDS
    }
    return replace(
        new,
        payload=_with_words(payload, words),
        claimed_name=mask(new.claimed_name),
    )


def _masked(words: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return mask(words) if isinstance(words, str) else tuple(map(mask, words))


def _with_words(payload: Any, words: Mapping[str, Any]) -> Payload:
    changed: Payload = replace(payload, **words)
    return changed
