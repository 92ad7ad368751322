"""The documentation names everything a receiver can meet, in both languages."""

import datetime as dt
import re
from pathlib import Path

import pytest

from huixiang.delivery.answer import outcome_of
from huixiang.delivery.platforms.webhook import WebhookEndpoint
from huixiang.delivery.platforms.webhook_body import LIMITS, item_data
from huixiang.delivery.status import ReportedStatus, StatusUpdate
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.item_card import ItemCard, Named
from huixiang.domain.items.outbox import EventType, Outcome
from huixiang.domain.items.route import Urgency
from huixiang.domain.text import Bilingual

DOCS = Path(__file__).parents[3] / "docs"
REFERENCES = ["webhooks.md", "webhooks.zh-CN.md"]
PAGES = [
    *(f"reference/{name}" for name in REFERENCES),
    "how-to/connect-an-endpoint.md",
    "how-to/connect-an-endpoint.zh-CN.md",
]


@pytest.fixture
def card():
    words = Bilingual(zh="排队", en="queue")
    named = Named(id="x", name=words)
    noon = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    return ItemCard(
        item_id="it_1",
        kind=ItemKind.IMPROVEMENT,
        status=ActionStatus.OPEN,
        issue_id="is_1",
        title=words,
        theme=named,
        department=named,
        severity=Urgency.HIGH,
        severity_name=words,
        opened_at=noon,
        due_at=noon,
        why=words,
    )


def reference(name):
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REFERENCES)
def test_every_event_status_and_field_is_there(name, card):
    text = reference(name)
    fields = set(item_data(card, endpoint="oa"))
    reported = set(StatusUpdate.__dataclass_fields__)
    words = fields | reported | set(EventType) | set(ReportedStatus)
    assert {word for word in words if f"`{word}`" not in text} == set()


@pytest.mark.parametrize("name", REFERENCES)
def test_limits_and_the_schedule_are_the_real_ones(name):
    text = reference(name)
    delays = WebhookEndpoint(name="oa", url="https://x", secret="S").delays_seconds
    hours = [f"{seconds / 3600:.0f}" for seconds in delays if seconds >= 7200]
    assert f"{LIMITS.body_bytes:,}" in text
    assert delays[:3] == (5, 300, 1800)
    assert re.search("[^0-9]+".join(hours), text)


@pytest.mark.parametrize("name", REFERENCES)
def test_every_status_named_as_tried_again_or_final_is_so(name):
    rows = [row for row in reference(name).splitlines() if row.startswith("| 4")]
    again, *final = [row.split("|")[1] for row in rows if "200 `" not in row][:3]
    codes = [int(code) for code in re.findall(r"\b4[0-9]{2}\b", again)]
    dead = [int(code) for row in final for code in re.findall(r"\b4[0-9]{2}\b", row)]
    assert {outcome_of(code) for code in codes} == {Outcome.TRANSIENT}
    assert {outcome_of(code) for code in dead} == {Outcome.TERMINAL}


def test_the_example_in_python_computes_the_golden_vector():
    (example,) = re.findall(r"```python\n(.*?)```", reference("webhooks.md"), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "webhooks.md", "exec"), names)  # noqa: S102 - our own text
    assert "signature" in names


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_the_pages_leads_somewhere(page):
    path = DOCS / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).is_file()] == []
