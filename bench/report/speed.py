"""How long does a report of many items over many feedbacks take, and how heavy is it?

Usage: python bench/report/speed.py [--feedbacks 1000000] [--items 200] [--dir DIR]

Fills a workspace of the sample airport's rules in bulk with feedback and with items,
most of them fixed and judged (all with the looks of one small panel), and then writes
the report twice: the first run brings the stored summaries up to date, the second is
what an ordinary day costs.
"""

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from huixiang.app import App, open_app
from huixiang.cli.workspace import make_workspace
from huixiang.domain.coding.codeframe import CoderKind, NeedTier, Polarity
from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.alert import RateFacts
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import person_said
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import Criterion, Metric, VerdictDetail
from huixiang.domain.records.feedback import (
    Channel,
    CodingState,
    LandingState,
    Ownership,
    RatingScale,
)
from huixiang.steps.context import Context
from huixiang.steps.report.write import write_report
from huixiang.steps.verify.judging import verdict_detail
from huixiang.store.queries.items.items import ChangedFields
from huixiang.store.tables.coding import CodingRow, IssueRow, RouteRow
from huixiang.store.tables.records import FeedbackRow, LandingRow, PullBatchRow
from huixiang.verification.engine.design import STANDARD, ActionWindow
from huixiang.verification.engine.judging import Judgement, judge
from huixiang.verification.engine.panel import DailySummary, Panel

ZONE = dt.timezone(dt.timedelta(hours=8))
FIRST = dt.date(2025, 1, 1)
N_DAYS = 450
UNITS = 20
CHUNK = 20_000
AS_OF = dt.datetime.combine(FIRST + dt.timedelta(days=N_DAYS), dt.time(9), ZONE)
CHANNELS = (Channel.SURVEY, Channel.APP_STORE, Channel.CALL_CENTER, Channel.SOCIAL)
NEGATIVE_SHARE = 0.4


def main() -> None:
    """Fill, judge, report, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feedbacks", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--dir", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.dir or Path(folder) / "bench"
        if not (home / "rules").is_dir():
            make_workspace(home)
            _timed("fill", lambda: _fill(open_app(home), asked.feedbacks, asked.items))
        _timed("report, first", lambda: _run(home, "report", write_report))
        files = _timed("report, again", lambda: _run(home, "report", write_report))
        for name, path in files.items():
            print(f"{name}: {Path(path).stat().st_size / 1e6:.2f} MB")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:.0f} MB")


def _timed(name: str, work: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    print(
        f"{name}: {time.perf_counter() - wall:.1f} s "
        f"({time.process_time() - cpu:.1f} s of one core)",
        flush=True,
    )
    return result


def _run(home: Path, flow: str, step: Any) -> Any:
    app = open_app(home)
    with app.running(flow, AS_OF) as run:
        return step(run.context)


def _fill(app: App, n: int, n_items: int) -> None:
    rng = random.Random(1)  # noqa: S311 - made-up feedback
    themes = [each.id for each in app.rulebook.codeframe.themes]
    keys = [
        IssueKey(theme=theme, touchpoint="gate", unit=f"T{unit}")
        for theme in themes
        for unit in range(UNITS)
    ]
    with app.running("collect", AS_OF) as run:
        context = run.context
        with context.transaction("issues") as uow:
            uow._connection.execute(insert(IssueRow), list(map(_issue, keys)))  # noqa: SLF001 - a bench may
        for start in range(0, n, CHUNK):
            numbers = range(start, min(start + CHUNK, n))
            _chunk(context, [_made(number, keys, rng) for number in numbers])
        detail = verdict_detail(_judgement())
        for number, key in enumerate(rng.sample(keys, n_items)):
            _work_on(context, number, key, rng, detail)


def _judgement() -> Judgement:
    """Judge one fix on a small panel; every item of the bench shows its looks."""
    rng = random.Random(2)  # noqa: S311 - made-up feedback
    days = [FIRST + dt.timedelta(days=number) for number in range(300)]
    summaries = []
    for unit in range(12):
        for day in days:
            stars = rng.gauss(3.2 + 0.6 * (unit == 0 and day > days[200]), 1)
            summaries.append(
                DailySummary(
                    unit=f"u{unit}", on=day, channel="survey", n=1, total=stars,
                    squares=stars**2,
                )
            )  # fmt: skip
    window = ActionWindow(
        action_id="a", unit="u0", opened_on=days[190], resolved_on=days[200]
    )
    return judge(
        Panel.of(summaries),
        [window],
        as_of=days[-1],
        design=STANDARD,
    )[0]


def _issue(key: IssueKey) -> dict[str, Any]:
    first = dt.datetime.combine(FIRST, dt.time(8), ZONE)
    return {
        "issue_id": key.issue_id, "theme": key.theme, "touchpoint": key.touchpoint,
        "unit": key.unit, "department": "ground", "department_by": "rule",
        "severity": Urgency.MEDIUM, "sla_hours": 72.0, "playbook": None,
        "first_at": first, "last_at": first,
    }  # fmt: skip


def _made(number: int, keys: list[IssueKey], rng: random.Random) -> dict[str, Any]:
    """Return one feedback on one issue, as rows of three or four tables."""
    day = FIRST + dt.timedelta(days=rng.randrange(N_DAYS))
    at = dt.datetime.combine(day, dt.time(9 + number % 12, number % 60), ZONE)
    key = rng.choice(keys)
    negative = rng.random() < NEGATIVE_SHARE
    stars = float(rng.choice((1, 2, 2, 3) if negative else (3, 4, 5, 5)))
    words = (
        f"第{number}位旅客说：在{key.unit}这件事{'很失望' if negative else '很满意'}"
    )
    return {
        "number": number, "at": at, "day": day, "key": key, "negative": negative,
        "stars": stars, "words": words, "channel": rng.choice(CHANNELS),
    }  # fmt: skip


def _chunk(context: Context, made: list[dict[str, Any]]) -> None:
    now = context.now()
    with context.transaction("fill") as uow:
        connection = uow._connection  # noqa: SLF001 - a bench may
        batch = {
            "batch_id": f"pb_{made[0]['number']}", "source": "survey",
            "run_id": context.run_id, "pulled_at": now, "n_records": len(made),
        }  # fmt: skip
        connection.execute(insert(PullBatchRow), [batch])
        connection.execute(insert(LandingRow), [_landing(each, now) for each in made])
        connection.execute(insert(FeedbackRow), list(map(_feedback, made)))
        connection.execute(insert(CodingRow), [_coding(each, now) for each in made])
        connection.execute(
            insert(RouteRow), [_route(each) for each in made if each["negative"]]
        )


def _landing(made: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    number = made["number"]
    return {
        "landing_id": f"ld_{number:016x}", "source": "survey", "position": str(number),
        "sequence": number, "pulled_at": now, "state": LandingState.STORED,
        "payload": None,
    }  # fmt: skip


def _feedback(made: dict[str, Any]) -> dict[str, Any]:
    number, key = made["number"], made["key"]
    return {
        "feedback_id": f"fb_{number:016x}", "landing_id": f"ld_{number:016x}",
        "source": "survey", "source_record_id": str(number),
        "content_key": f"{number:032x}", "occurred_at": made["at"],
        "occurred_on": made["day"], "channel": made["channel"],
        "ownership": Ownership.OWNED, "title": "", "verbatim": made["words"],
        "rating_value": made["stars"], "rating_scale": RatingScale.STARS,
        "stars": made["stars"], "touchpoint": key.touchpoint, "unit": key.unit,
        "attributes": {}, "marks": [], "coding_state": CodingState.CODED,
    }  # fmt: skip


def _coding(made: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    number, key = made["number"], made["key"]
    return {
        "coding_id": f"cd_{number:016x}", "feedback_id": f"fb_{number:016x}",
        "theme": key.theme,
        "polarity": Polarity.NEGATIVE if made["negative"] else Polarity.POSITIVE,
        "need_tier": NeedTier.PAIN, "evidence": made["words"][-4:], "span_start": 0,
        "span_end": 4, "confidence": 0.9, "coder": CoderKind.RULE,
        "coder_id": "keyword", "reasons": [], "codeframe_version": "1",
        "touchpoint": key.touchpoint, "unit": key.unit,
        "issue_id": key.issue_id if made["negative"] else None,
        "no_issue_reason": None, "coded_at": now,
    }  # fmt: skip


def _route(made: dict[str, Any]) -> dict[str, Any]:
    return {
        "coding_id": f"cd_{made['number']:016x}", "department": "ground",
        "severity": Urgency.MEDIUM, "sla_hours": 72.0, "playbook": None, "rule": "r",
        "rules_version": "1", "rulebook_hash": "h", "matched": [], "losing": [],
    }  # fmt: skip


def _alert(on: dt.date) -> RateFacts:
    day = dt.timedelta(days=1)
    return RateFacts(
        rule="usual", rules_version="1", window_start_on=on - 14 * day, window_end_on=on,
        baseline_start_on=on - 104 * day, baseline_end_on=on - 15 * day, n_window=20,
        n_baseline=30, exposure_window=90, exposure_baseline=540, days_known=90,
        expected=5.0, ratio=4.0, p_value=1e-6, alpha=0.001, min_count=5, min_ratio=1.5,
        min_baseline_days=28, cooldown_days=28,
    )  # fmt: skip


def _work_on(
    context: Context,
    number: int,
    key: IssueKey,
    rng: random.Random,
    detail: VerdictDetail,
) -> None:
    """Open an item and fix it some time later; some are still worked on."""
    opened = AS_OF - dt.timedelta(days=rng.randrange(20, 300))
    item = ActionItem(
        item_id=f"ai_{number:016x}", kind=ItemKind.IMPROVEMENT,
        issue_id=key.issue_id, feedback_id=None, department="ground",
        status=ActionStatus.OPEN, severity=Urgency.MEDIUM, priority=1.0,
        playbook=None, opened_at=opened, due_at=opened + dt.timedelta(hours=72),
        alert=_alert(opened.date()),
        criterion=Criterion(metric=Metric.MEAN if number % 4 else Metric.NEGATIVE,
                            minimum_effect=0.2 if number % 4 else 0.05,
                            horizon_days=56, alpha=0.05),
    )  # fmt: skip
    with context.transaction("work") as uow:
        uow.items.add(
            item, rulebook_hash=context.rulebook.hash, reason=person_said("bench")
        )
        if number % 10:
            for days, after in (
                (1, ActionStatus.ACCEPTED),
                (15, ActionStatus.RESOLVED),
            ):
                at = opened + dt.timedelta(days=days)
                fixed = after is ActionStatus.RESOLVED
                changes: ChangedFields = {"resolved_at": at, "root_cause": "换班"}
                uow.items.move(
                    item.item_id,
                    after,
                    moved_at=at,
                    actor="bench",
                    reason=person_said(""),
                    **(changes if fixed else {}),
                )


if __name__ == "__main__":
    main()
