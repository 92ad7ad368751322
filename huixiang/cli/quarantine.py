"""Commands about records kept out: quarantine list, show, release, discard."""

from pathlib import Path

import click

from huixiang.cli.output import as_json, emit, home_option, print_json
from huixiang.domain.records.record import QuarantinedRecord
from huixiang.domain.text import Language


@click.group("quarantine")
def quarantine() -> None:
    """隔离区：查看、放行、丢弃。Records kept out: look, release, discard."""


@quarantine.command("list")
@click.option("--all", "everything", is_flag=True, help="含已处理的。Decided ones too.")
@home_option
@as_json
def quarantine_list(everything: bool, home: Path | None, as_json: bool) -> None:
    """列出隔离的记录。List quarantined records."""
    from huixiang.app import open_app
    from huixiang.steps.reads.quarantine import quarantined_records

    app = open_app(home).prepare()
    records = quarantined_records(app.store, decided_too=everything)
    emit(
        [_kept_out(each, app.settings.language) for each in records],
        ("landing_id", "source", "position", "state", "why"),
        json_wanted=as_json,
    )


def _kept_out(record: QuarantinedRecord, language: Language) -> dict[str, object]:
    """Return a quarantined record as it is printed, with all it broke in words."""
    from huixiang.wording.records import violation_words

    words = [violation_words(each) for each in record.violations]
    violations = [
        {
            "rule": each.rule,
            "severity": each.severity.value,
            "column": each.column,
            "message_zh": said.zh,
            "message_en": said.en,
        }
        for each, said in zip(record.violations, words, strict=True)
    ]
    return {
        "landing_id": record.landing_id,
        "source": record.source,
        "position": record.position,
        "violations": violations,
        "state": record.state.value,
        "quarantined_at": record.quarantined_at,
        "decided_at": record.decided_at,
        "decided_by": record.decided_by,
        "reason": record.reason,
        "why": "; ".join(said.get(language) for said in words),
    }


@quarantine.command("show")
@click.argument("landing_id")
@home_option
def quarantine_show(landing_id: str, home: Path | None) -> None:
    """一条隔离记录（已脱敏）。One quarantined record, masked."""
    from huixiang.app import open_app
    from huixiang.steps.reads.quarantine import shown_record

    app = open_app(home).prepare()
    shown = shown_record(app.store, app.rulebook, landing_id)
    printed = _kept_out(shown.record, app.settings.language)
    print_json({**printed, "fields": shown.fields})


@quarantine.command("release")
@click.argument("landing_id")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=VALUE",
    help="更正，如 occurred_at=2026-01-31。A correction.",
)
@click.option("--by", required=True, help="谁决定的。Who decided.")
@click.option("--reason", required=True, help="为什么放行。Why it may pass.")
@home_option
def quarantine_release(
    landing_id: str, changes: tuple[str, ...], by: str, reason: str, home: Path | None
) -> None:
    """放行（可先更正）。Let a record in, corrected where needed."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import ReleaseRecord

    payload = ReleaseRecord(reason=reason, changes=_pairs(changes))
    new = by_hand(TargetKind.RECORD, landing_id, payload, by=by)
    (act,) = decided(open_app(home).prepare(), new)
    click.echo(act.fact("feedback") or act.act_id)


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    for change in changes:
        if "=" not in change:
            raise click.BadParameter(f"{change!r}: write FIELD=VALUE")
    return dict(change.split("=", 1) for change in changes)


@quarantine.command("discard")
@click.argument("landing_id")
@click.option("--by", required=True, help="谁决定的。Who decided.")
@click.option("--reason", required=True, help="为什么丢弃。Why it is given up.")
@home_option
def quarantine_discard(
    landing_id: str, by: str, reason: str, home: Path | None
) -> None:
    """丢弃（留下谁和为什么）。Give a record up; who and why are kept."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import DiscardRecord

    payload = DiscardRecord(reason=reason)
    decided(
        open_app(home).prepare(), by_hand(TargetKind.RECORD, landing_id, payload, by=by)
    )
    click.echo(landing_id)


COMMANDS = (quarantine,)
