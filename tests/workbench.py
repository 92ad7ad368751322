"""A workspace whose past is written down directly: no files, no coder, any clock."""

import contextlib
import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from huixiang.app import App
from huixiang.delivery.platforms.webhook_body import event_body
from huixiang.domain.acts.act import (
    Act,
    ActDoor,
    Actor,
    ActorKind,
    ActTarget,
    NewAct,
    TargetKind,
)
from huixiang.domain.acts.decision import Payload
from huixiang.domain.coding.codeframe import CoderKind, Coding, NeedTier, Polarity
from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.alert import CriticalFacts, RateFacts
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import opened_by
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeadReason,
    DeliveryAttempt,
    DisabledEndpoint,
    DisabledReason,
    EventType,
    OutboxMessage,
    Outcome,
    StoredMessage,
    TicketReply,
)
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import Criterion, Metric
from huixiang.domain.reason import Reason
from huixiang.domain.records.feedback import (
    Channel,
    Feedback,
    NotCodable,
    Ownership,
    Rating,
    RatingScale,
    RawRecord,
)
from huixiang.domain.records.record import LandedRecord
from huixiang.settings import Settings
from huixiang.steps.acts.calls import TakenCall, take_call
from huixiang.steps.acts.decide import decide
from huixiang.steps.coding.route import route_batch
from huixiang.steps.context import Context
from huixiang.steps.messages.announce import announce
from huixiang.store.engine import open_engine
from huixiang.store.queries.coding.codings import FeedbackReading, NewCoding
from huixiang.store.tables.base import Base
from tests.databases import migrated_copy

SHOP = Path(__file__).parent / "data" / "shop"
NOON = dt.datetime(2026, 3, 12, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai
SECRET = "whsec_" + "c2hvcCdzIHNlY3JldCBvZiB0aGlydHktdHdvIGJ5dGU="
COLD = IssueKey(theme="coffee.cold", touchpoint="counter", unit="南门店")
BOOKKEEPING = frozenset({"run", "lease", "alembic_version"})


@dataclass
class Clock:
    """Real time, as far as the workspace knows."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, **length: float) -> None:
        self.now += dt.timedelta(**length)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One feedback and what it was understood to say."""

    number: str
    at: dt.datetime
    words: str = "端上来的咖啡凉了"
    theme: str | None = "coffee.cold"
    polarity: Polarity = Polarity.NEGATIVE
    stars: float | None = 2
    unit: str = "南门店"
    touchpoint: str | None = "counter"
    source: str = "counter"
    tier: NeedTier = NeedTier.PAIN
    customer: str | None = None


@dataclass
class Bench:
    """The workspace, opened, with its clock."""

    home: Path
    url: str
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.app = self.open()
        self.app.prepare()

    def open(self) -> App:
        """Open the workspace as another process would."""
        settings = Settings(home=self.home, database_url=self.url)  # type: ignore[arg-type]  # pydantic makes it secret
        app = App(settings, now=self.clock)
        if self.url.startswith("sqlite"):
            _forget_durability(app)
        app.variables = {
            "SHOP_DESK_URL": "http://127.0.0.1:9/",
            "SHOP_DESK_SECRET": SECRET,
        }
        return app

    @contextlib.contextmanager
    def run(self, as_of: dt.datetime = NOON, flow: str = "loop") -> Iterator[Context]:
        """Give the context of one run."""
        with self.app.running(flow, as_of) as run:
            yield run.context

    def rewrite(self, file: str, before: str, after: str) -> None:
        """Edit a rules file as operations would, and open the workspace anew."""
        path = self.home / "rules" / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        self.app = self.open()

    def hear(self, said: Sequence[Said], *, route: bool = True) -> None:
        """Store feedback with its codings, and route what is negative."""
        with self.run(flow="collect") as context:
            with context.transaction("hear") as uow:
                self._store(context, uow, said)
            while route and route_batch(context, self.app.equipment.router) is not None:
                pass

    def _store(self, context: Context, uow: Any, said: Sequence[Said]) -> None:
        for source in sorted({each.source for each in said}):
            mine = [each for each in said if each.source == source]
            uow.landing.land(
                source,
                [landed(each) for each in mine],
                batch_id=f"pb_{context.run_id}_{source}",
                run_id=context.run_id,
                pulled_at=context.now(),
            )
        uow.feedback.store([feedback(each) for each in said], context.zone)
        uow.codings.add(
            [coding(each) for each in said if each.theme],
            codeframe_version="1",
            coded_at=context.now(),
        )
        uow.codings.finish([reading(each) for each in said])

    def untouched(self) -> dict[str, list[Any]]:
        """Return every row but the acts: one that changes nothing is kept as well."""
        return {
            name: rows
            for name, rows in self.rows().items()
            if name not in {"act", "act_head", "act_outcome"}
        }

    def rows(self) -> dict[str, list[Any]]:
        """Return every row of every table but the list of runs and the lease."""
        engine = open_engine(self.url)
        with engine.connect() as connection:
            rows = {
                name: sorted(map(repr, connection.execute(sa.select(table))))
                for name, table in Base.metadata.tables.items()
                if name not in BOOKKEEPING
            }
        engine.dispose()
        return rows

    def ledger_holds(self) -> bool:
        with self.app.store.reading() as uow:
            return uow.ledgers.read().holds

    def item(self, item_id: str) -> ActionItem:
        with self.app.store.reading() as uow:
            return uow.items.get(item_id)


def _forget_durability(app: App) -> None:
    """Let the file skip fsync; what a crash leaves behind is tested elsewhere."""

    @sa.event.listens_for(app.store._engine, "connect")
    def hurry(connection: Any, _: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")


def make_bench(home: Path, url: str) -> Bench:
    """Make the shop's workspace with an empty database."""
    for name in ("rules", "expectations"):
        shutil.copytree(SHOP / name, home / name)
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not file.exists():
        migrated_copy(file)
    return Bench(home=home, url=url)


def landed(said: Said) -> LandedRecord:
    """Return what was said as it landed."""
    record = RawRecord(position=f"p{said.number}", fields={"text": said.words})
    return LandedRecord(landing_id=f"ld_{said.number}", record=record)


def feedback(said: Said) -> Feedback:
    """Return the stored form of what was said."""
    return Feedback(
        feedback_id=f"fb_{said.number}",
        landing_id=f"ld_{said.number}",
        source=said.source,
        source_record_id=said.number,
        content_key=f"content of {said.number}",
        occurred_at=said.at,
        channel=Channel.SURVEY,
        ownership=Ownership.OWNED,
        title="",
        verbatim=said.words,
        rating=Rating(value=said.stars, scale=RatingScale.STARS)
        if said.stars
        else None,
        touchpoint=said.touchpoint,
        unit=said.unit,
        customer_ref=said.customer,
    )


def coding(said: Said) -> NewCoding:
    assert said.theme is not None
    return NewCoding(
        coding_id=f"cd_{said.number}",
        feedback_id=f"fb_{said.number}",
        coding=Coding(
            theme=said.theme,
            polarity=said.polarity,
            need_tier=said.tier,
            evidence=said.words,
            span=(0, len(said.words)),
            confidence=0.9,
            coder=CoderKind.RULE,
            coder_id="keyword",
        ),
        key=IssueKey(
            theme=said.theme, touchpoint=said.touchpoint or "-", unit=said.unit
        ),
        no_issue_reason=None,
    )


def reading(said: Said) -> FeedbackReading:
    return FeedbackReading(
        feedback_id=f"fb_{said.number}",
        not_codable=None if said.theme else NotCodable.NO_THEME,
        polarity=said.polarity.value,
        polarity_confidence=None,
        suggested_department=None,
        department_confidence=None,
    )


def open_item(
    bench: Bench,
    item_id: str = "ai_1",
    *,
    opened_at: dt.datetime = NOON,
    department: str = "kitchen",
    key: IssueKey = COLD,
    kind: ItemKind = ItemKind.IMPROVEMENT,
    metric: Metric = Metric.MEAN,
    status: ActionStatus = ActionStatus.OPEN,
    **more: Any,
) -> ActionItem:
    """Open an item as the alert step does: with its message, in one transaction."""
    item = ActionItem(
        item_id=item_id,
        kind=kind,
        issue_id=key.issue_id,
        feedback_id=more.pop("feedback_id", None),
        department=department,
        status=status,
        severity=Urgency.HIGH,
        priority=1.0,
        playbook=None,
        opened_at=opened_at,
        due_at=opened_at + dt.timedelta(hours=72),
        alert=RATE_FACTS if kind is ItemKind.IMPROVEMENT else CRITICAL_FACTS,
        criterion=Criterion(
            metric=metric, minimum_effect=0.2, horizon_days=56, alpha=0.05
        ),
        **more,
    )
    with bench.run(opened_at) as context, context.transaction("open") as uow:
        uow.items.add(
            item, rulebook_hash=context.rulebook.hash, reason=opened_by("usual")
        )
        if status is not ActionStatus.PARKED:
            announce(context, uow, item, EventType.OPENED)
    return item


RATE_FACTS = RateFacts(
    rule="usual",
    rules_version="2",
    window_start_on=dt.date(2026, 2, 26),
    window_end_on=dt.date(2026, 3, 11),
    baseline_start_on=dt.date(2025, 11, 28),
    baseline_end_on=dt.date(2026, 2, 25),
    n_window=40,
    n_baseline=18,
    exposure_window=84,
    exposure_baseline=504,
    days_known=90,
    expected=3.0,
    ratio=13.333,
    p_value=1e-9,
    alpha=0.001,
    min_count=5,
    min_ratio=1.5,
    min_baseline_days=28,
    cooldown_days=28,
)
CRITICAL_FACTS = CriticalFacts(
    rule="at-once",
    rules_version="2",
    feedback_id="fb_1",
    occurred_at=NOON,
    severity=Urgency.HIGH,
    routing_rule="danger",
    max_critical_age_days=14,
)


def delivered(message: OutboxMessage, at: dt.datetime) -> DeliveryAttempt:
    """Return a receiver's yes, with a ticket."""
    return DeliveryAttempt(
        outcome=Outcome.DELIVERED,
        attempted_at=at,
        status_code=200,
        reply=TicketReply(ticket_id=f"T-{message.item_id}", status="new"),
    )


def answered(words: str) -> Reason[AttemptReason]:
    """Return the reason of an attempt that an endpoint answered so."""
    return Reason(code=AttemptReason.ANSWERED, words=words)


def refused(words: str) -> Reason[DeadReason]:
    """Return the reason of a dead letter that an endpoint refused so."""
    facts = {"attempt": AttemptReason.ANSWERED.value}
    return Reason(code=DeadReason.REFUSED, facts=facts, words=words)


def gone(endpoint: str) -> DisabledEndpoint:
    """Return an endpoint that answered 410."""
    facts = {"status_code": 410}
    reason = Reason(code=DisabledReason.GONE, facts=facts, words="moved away")
    return DisabledEndpoint(endpoint=endpoint, disabled_at=NOON, reason=reason)


def webhook_data(message: StoredMessage) -> Any:
    """Return the document that the generic webhook makes of a message."""
    assert message.content is not None
    return json.loads(event_body(message.content, endpoint=message.endpoint))


def report(bench: Bench, call_id: str, **body: object) -> TakenCall:
    """Let the desk call back; return how the call was answered."""
    return take_call(
        bench.app.store,
        endpoint="desk",
        webhook_id=call_id,
        received_at=bench.clock(),
        body=json.dumps(body).encode(),
    )


def act_on(
    bench: Bench,
    kind: TargetKind,
    target_id: str,
    payload: Payload,
    *,
    by: str = "小王",
    as_of: dt.datetime | None = None,
) -> Act:
    """Decide something at the command line; raise what refuses it."""
    new = NewAct(
        actor=Actor(kind=ActorKind.CLI, name="till"),
        door=ActDoor.CLI,
        target=ActTarget(kind=kind, id=target_id),
        payload=payload,
        claimed_name=by,
        claimed_at=as_of,
    )
    (decision,) = decide(bench.app, new)
    if decision.error is not None:
        raise decision.error
    return decision.act
