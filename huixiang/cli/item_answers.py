"""What an owner says of an item on the command line."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from huixiang.app import open_app
from huixiang.cli.decisions import by_hand, decided
from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import (
    AcceptItem,
    CancelItem,
    CloseItem,
    CommentItem,
    ItemPayload,
    RejectItem,
    ResolveItem,
    StartItem,
)
from huixiang.domain.reason import Fact

_PAYLOADS: Mapping[str, Callable[..., ItemPayload]] = {
    "accept": AcceptItem,
    "start": StartItem,
    "resolve": ResolveItem,
    "reject": RejectItem,
    "cancel": CancelItem,
    "close": CloseItem,
    "comment": CommentItem,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemAnswer:
    """How an item stands after its owner spoke; without a status that has to wait."""

    item: str
    status: Fact
    department: Fact
    act: str
    outcome: str


def answer_item(
    home: Path | None,
    item_id: str,
    command: str,
    *,
    by: str,
    as_of: dt.datetime | None,
    said: Mapping[str, str | None],
) -> ItemAnswer:
    """Say of an item what its owner says; return how it stands then."""
    words = {name: value for name, value in said.items() if value}
    payload = _PAYLOADS[command](**words)
    new = by_hand(TargetKind.ITEM, item_id, payload, by=by, as_of=as_of)
    (act,) = decided(open_app(home).prepare(), new)
    return ItemAnswer(
        item=item_id,
        status=act.fact("status"),
        department=act.fact("department"),
        act=act.act_id,
        outcome=act.outcome.value,
    )
