"""Bridge: when the codeframe changes, code an overlap twice and let trends continue."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.bridge import (
    CrossedBridge,
    IssueSuccession,
    MoveAgreement,
    Tally,
    ThemePart,
    all_moves,
    compare,
    shares,
    splits,
    successions,
)
from huixiang.domain.coding.codeframe import Bridge, Coding, MoveKind, ThemeMove
from huixiang.domain.items.issue import Issue, IssueKey
from huixiang.steps.context import Context, short_id
from huixiang.store.queries.coding.codeframes import SecondCoding
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.coding.coder import Coder


@dataclass(frozen=True, kw_only=True)
class _Crossing:
    """One bridge, the days that both ends look at, and what became of each theme."""

    bridge: Bridge
    moves: Sequence[ThemeMove]
    first_on: dt.date
    last_on: dt.date

    @property
    def compared(self) -> Iterator[ThemeMove]:
        """Yield the moves that have a theme at both ends."""
        return (move for move in self.moves if move.new)


def cross_bridges(context: Context, coder: Coder) -> int:
    """Cross every bridge to the codeframe of this run; return how many were new."""
    pending = _pending(context)
    for crossing in pending:
        tallies, n_feedback = _measure(context, coder, crossing)
        _cross(context, crossing, tallies, n_feedback)
    return len(pending)


def _pending(context: Context) -> list[_Crossing]:
    frame = context.rulebook.codeframe
    if not frame.bridges:
        return []
    with context.store.reading() as uow:
        waiting = [
            (bridge, before)
            for bridge in frame.bridges
            if bridge.to_version == frame.version
            and not uow.codeframes.is_crossed(bridge.from_version, bridge.to_version)
            and (before := uow.codeframes.frame(bridge.from_version))
        ]
    return [
        _Crossing(
            bridge=bridge,
            moves=all_moves(before.by_id.keys(), frame, bridge),
            first_on=context.today - dt.timedelta(days=bridge.overlap_days),
            last_on=context.today,
        )
        for bridge, before in waiting
    ]


def _measure(
    context: Context, coder: Coder, crossing: _Crossing
) -> tuple[dict[ThemeMove, Tally], int]:
    """Code the overlap again, batch by batch, and count where both ends agree."""
    tallies = dict.fromkeys(crossing.compared, Tally())
    n_feedback, after = 0, ""
    while ids := _page(context, crossing, after):
        for move, tally in _measure_batch(context, coder, crossing, ids).items():
            tallies[move] += tally
        n_feedback, after = n_feedback + len(ids), ids[-1]
    return tallies, n_feedback


def _page(context: Context, crossing: _Crossing, after: str) -> list[str]:
    with context.store.reading() as uow:
        return uow.codeframes.overlap(
            crossing.bridge.from_version,
            crossing.first_on,
            crossing.last_on,
            after=after,
            limit=context.batch_size,
        )


def _measure_batch(
    context: Context, coder: Coder, crossing: _Crossing, ids: Sequence[str]
) -> dict[ThemeMove, Tally]:
    with context.store.reading() as uow:
        feedback = uow.feedback.by_id(ids)
        before = uow.codeframes.said(ids, crossing.bridge.from_version)
    understood = coder.code([feedback[key] for key in ids])
    with context.transaction("second coding") as uow:
        uow.codeframes.add_second(
            [
                _second(context, each.feedback_id, coding)
                for each in understood
                for coding in each.codings
            ]
        )
    tallies = dict.fromkeys(crossing.compared, Tally())
    for each in understood:
        now = {coding.theme: coding.polarity for coding in each.codings}
        for move in tallies:
            tallies[move] += compare(move, before[each.feedback_id], now)
    return tallies


def _second(context: Context, feedback_id: str, coding: Coding) -> SecondCoding:
    version = context.rulebook.codeframe.version
    return SecondCoding(
        coding_id=short_id("sc", version, feedback_id, coding.theme, *coding.span),
        feedback_id=feedback_id,
        codeframe_version=version,
        theme=coding.theme,
        polarity=coding.polarity,
        span_start=coding.span[0],
        span_end=coding.span[1],
        confidence=coding.confidence,
        coder=coding.coder,
        coder_id=coding.coder_id,
        coded_at=context.now(),
    )


def _cross(
    context: Context,
    crossing: _Crossing,
    tallies: Mapping[ThemeMove, Tally],
    n_feedback: int,
) -> None:
    """Store the figures, and let themes and issues go on under their new names."""
    bridge = crossing.bridge
    with context.transaction("bridge") as uow:
        uow.codeframes.add_bridge(
            CrossedBridge(
                from_version=bridge.from_version,
                to_version=bridge.to_version,
                crossed_at=context.as_of,
                first_on=crossing.first_on,
                last_on=crossing.last_on,
                n_feedback=n_feedback,
                n_mentions=sum(tally.n for tally in tallies.values()),
                n_disagree=sum(tally.n_disagree for tally in tallies.values()),
                max_error=bridge.max_error,
                figures=tuple(
                    MoveAgreement.of(move, tallies.get(move, Tally()))
                    for move in crossing.moves
                ),
            )
        )
        uow.codeframes.succeed(bridge.from_version, successions(crossing.moves))
        uow.codeframes.add_parts(list(_parts(context, crossing, tallies)))
        for move in crossing.moves:
            if move.kind in (MoveKind.RENAMED, MoveKind.MERGED):
                _move_issues(context, uow, bridge, move)


def _parts(
    context: Context, crossing: _Crossing, tallies: Mapping[ThemeMove, Tally]
) -> Iterator[ThemePart]:
    measured = {
        (move.old[0], part): share
        for move, tally in tallies.items()
        for part, share in shares(move, tally).items()
    }
    for whole, part in splits(crossing.moves):
        yield ThemePart(
            whole=whole,
            part=part,
            share=measured.get((whole, part)),
            since_at=context.now(),
        )


def _move_issues(
    context: Context, uow: UnitOfWork, bridge: Bridge, move: ThemeMove
) -> None:
    """Let the oldest issue of each place go on as the new theme; others join it."""
    heirs: dict[tuple[str, str], Issue] = {}
    successions: list[IssueSuccession] = []
    for issue in uow.codeframes.issues_of({*move.old, *move.new}):
        heir = heirs.setdefault((issue.touchpoint, issue.unit), issue)
        if heir is not issue:
            uow.codeframes.join_issue(issue, heir)
        successions.append(_succession(context, bridge, issue, heir))
    for heir in heirs.values():
        uow.codeframes.rename_issue(heir.issue_id, move.new[0])
    # What neither got a new name nor joined another issue has nothing to tell.
    changed = [e for e in successions if e.has_joined or e.old_theme not in move.new]
    uow.codeframes.note_succession(changed)


def _succession(
    context: Context, bridge: Bridge, issue: Issue, heir: Issue
) -> IssueSuccession:
    return IssueSuccession(
        issue_id=issue.issue_id,
        to_version=bridge.to_version,
        old_theme=issue.theme,
        continues_as=heir.issue_id,
        moved_at=context.as_of,
    )


def before_split(uow: UnitOfWork, until: dt.date) -> dict[IssueKey, dict[dt.date, int]]:
    """Estimate the past of issues whose theme was split off another.

    The whole's complaints a day times the measured share; rounded so that the sum to
    each day is right.
    """
    days: dict[IssueKey, dict[dt.date, int]] = {}
    totals: dict[IssueKey, float] = {}
    for row in uow.splits.negatives_before_split(until):
        key = IssueKey(theme=row.part, touchpoint=row.touchpoint, unit=row.unit)
        before = totals.get(key, 0.0)
        totals[key] = before + row.n * row.share
        days.setdefault(key, {})[row.day] = round(totals[key]) - round(before)
    return days
