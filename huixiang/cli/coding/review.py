"""Commands of a reviewer: review, its list, files and agreement."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from huixiang.cli.output import as_json, emit, home_option, print_json
from huixiang.domain.coding.review import Queued, QueueReason
from huixiang.domain.text import Language
from huixiang.errors import ConfigurationError, RunFoundProblems

_REVIEWER = click.option(
    "--reviewer", help="谁在复核（默认 HUIXIANG_REVIEWER）。Who reviews."
)
_REASON = click.option(
    "--reason",
    "reasons",
    type=click.Choice([each.value for each in QueueReason]),
    multiple=True,
    help="只要这些原因的。Only what is queued for this reason.",
)
_THEME = click.option("--theme", help="只要这个主题的。Only what mentions this theme.")
_FILE = click.Path(path_type=Path, dir_okay=False)
Command = TypeVar("Command", bound=Callable[..., Any])
_READABLE = click.Path(path_type=Path, dir_okay=False, exists=True)


def _limit(default: int | None) -> Callable[[Command], Command]:
    return click.option(
        "--limit", type=click.IntRange(1, 1_000_000), default=default, show_default=True,
        help="最多几条。At most so many.",
    )  # fmt: skip


@click.group("review", invoke_without_command=True)
@_REVIEWER
@_REASON
@_THEME
@_limit(None)
@home_option
@click.pass_context
def review(
    context: click.Context,
    reviewer: str | None,
    reasons: tuple[str, ...],
    theme: str | None,
    limit: int | None,
    home: Path | None,
) -> None:
    """复核编码：一键一决定，决定即标注。Review codings, one key for each decision."""
    if context.invoked_subcommand is not None:
        return
    from huixiang.cli.coding.review_desk import ReviewDesk
    from huixiang.wording.coding.review import EMPTY

    app, who = _opened(home, reviewer)
    queued = _queued(app, who, reasons, theme)[:limit]
    if not queued:
        click.echo(EMPTY.get(app.settings.language))
        return
    desk = ReviewDesk(app=app, reviewer=who)
    try:
        desk.sit(queued)
    finally:
        desk.close()


def _opened(home: Path | None, reviewer: str | None) -> tuple[Any, str]:
    """Return the workspace and who reviews in it."""
    from huixiang.app import open_app
    from huixiang.intake.redaction import mask

    app = open_app(home)
    who = (reviewer or app.settings.reviewer).strip()
    if not who:
        raise ConfigurationError(
            "say who reviews: --reviewer NAME, or set HUIXIANG_REVIEWER"
        )
    app.prepare()
    return app, mask(who)


def _queued(
    app: Any, reviewer: str, reasons: tuple[str, ...], theme: str | None
) -> list[Queued]:
    from huixiang.steps.review.reviews import review_queue

    queued = review_queue(
        app.store,
        app.rulebook.codeframe,
        app.equipment.model,
        reviewer=reviewer,
        only=[QueueReason(each) for each in reasons],
    )
    if theme is None:
        return queued
    return [
        each
        for each in queued
        if theme in {coding.theme for coding in each.candidate.codings}
    ]


@review.command("list")
@_REVIEWER
@_REASON
@_THEME
@_limit(50)
@home_option
@as_json
def review_list(
    reviewer: str | None,
    reasons: tuple[str, ...],
    theme: str | None,
    limit: int | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """复核队列：不确定性 × 价值，附原因。The queue: uncertainty × value, and why."""
    app, who = _opened(home, reviewer)
    queued = _queued(app, who, reasons, theme)[:limit]
    rows = [_row(each, app.settings.language, whole=as_json) for each in queued]
    emit(rows, ("feedback", "score", "codings", "why", "words"), json_wanted=as_json)


def _row(queued: Queued, language: Language, *, whole: bool) -> dict[str, Any]:
    from huixiang.wording.coding.review import queue_words

    candidate = queued.candidate
    row: dict[str, Any] = {
        "feedback": candidate.feedback_id,
        "score": round(queued.score, 3),
        "why": queue_words(queued, language),
        "words": candidate.words,
        "codings": "; ".join(f"{c.theme} {c.polarity}" for c in candidate.codings),
    }
    if whole:
        row |= {
            "reasons": [each.value for each in queued.reasons],
            "uncertainty": queued.uncertainty,
            "value": queued.value,
            "new_words": list(queued.new_words),
            "occurred_at": candidate.occurred_at,
            "stars": candidate.stars,
            "touchpoint": candidate.touchpoint,
            "unit": candidate.unit,
            "codings": list(candidate.codings),
        }
    return row


@review.command("export")
@click.argument("file", type=_FILE)
@_REVIEWER
@_REASON
@_THEME
@_limit(200)
@home_option
def review_export(
    file: Path,
    reviewer: str | None,
    reasons: tuple[str, ...],
    theme: str | None,
    limit: int | None,
    home: Path | None,
) -> None:
    """把队列写成表格，填好再导入。Write the queue to a CSV or XLSX to be filled in."""
    from huixiang.steps.review.files import write_queue

    app, who = _opened(home, reviewer)
    queued = _queued(app, who, reasons, theme)[:limit]
    n = write_queue(file, queued, app.settings.language)
    click.echo(f"{len(queued)} ({n}) → {file}")


@review.command("import")
@click.argument("file", type=_READABLE)
@_REVIEWER
@home_option
@as_json
def review_import(
    file: Path, reviewer: str | None, home: Path | None, as_json: bool
) -> None:
    """导入填好的表格；错行列出，其余生效。Take decisions in; wrong lines are named."""
    from huixiang.cli.coding.review_desk import follow
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.steps.acts.decisions import note_of
    from huixiang.steps.reads.reviews import candidates_of
    from huixiang.steps.review.files import read_decisions, reviews_from
    from huixiang.steps.review.reviews import not_said_before

    app, who = _opened(home, reviewer)
    rows = read_decisions(file)
    found = candidates_of(app.store, (row.cells["feedback_id"] for row in rows))
    taken = reviews_from(rows, found, app.rulebook, reviewer=who, at=app.now())
    new = not_said_before(app.store, taken.reviews)
    decided(
        app,
        *(
            by_hand(TargetKind.FEEDBACK, each.feedback_id, note_of(each), by=who)
            for each in new
        ),
    )
    problems = [f"{file}: {each}" for each in taken.problems]
    facts = {
        "reviews": len(taken.reviews),
        "new": len(new),
        "codings_follow": follow(app),
        "problems": problems,
    }
    if as_json:
        print_json(facts)
    else:
        click.echo(f"{facts['reviews']} ({facts['new']} new) ← {file}")
    if problems:
        raise RunFoundProblems(problems)


@review.command("agreement")
@home_option
@as_json
def review_agreement(home: Path | None, as_json: bool) -> None:
    """复核人之间的一致性（kappa）。How far reviewers agree, beyond chance."""
    from huixiang.app import open_app
    from huixiang.steps.reads.reviews import reviewer_agreement

    found = reviewer_agreement(open_app(home).prepare().store)
    if as_json:
        print_json(found)
        return
    rows = [
        {
            "head": each.head,
            "reviewers": " / ".join(each.reviewers),
            "n": each.n_feedback,
            "agree": _share(each.observed),
            "kappa": _number(each.value),
            "95%": f"{_number(each.low)} … {_number(each.high)}",
            "measure": each.measure,
        }
        for each in found
    ]
    emit(
        rows,
        ("head", "reviewers", "n", "agree", "kappa", "95%", "measure"),
        json_wanted=False,
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


@review.command("withdraw")
@click.argument("review_id")
@home_option
def review_withdraw(review_id: str, home: Path | None) -> None:
    """撤回一次复核；编码恢复原样。Take a review back; codings are as before."""
    from huixiang.app import open_app
    from huixiang.cli.coding.review_desk import follow
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import WithdrawReview

    app = open_app(home).prepare()
    decided(app, by_hand(TargetKind.REVIEW, review_id, WithdrawReview()))
    follow(app)
    click.echo(review_id)


COMMANDS = (review,)
