"""The part of a report that is about the data: sources, quarantine, who coded."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from huixiang.domain.coding.training import KeptModel
from huixiang.domain.proof.daily import SourceVolume
from huixiang.domain.proof.ledger import Ledger
from huixiang.domain.records.source import SourceStanding
from huixiang.domain.records.violation import Severity
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import Scope
from huixiang.reporting.facts.report import CodingFigures, QuarantineReason, SourceState
from huixiang.steps.context import Context
from huixiang.steps.report.scope import within
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.language import b
from huixiang.wording.names import channel_name
from huixiang.wording.records import violation_words
from huixiang.wording.report import gathered


def sources_of(
    context: Context, uow: UnitOfWork, scope: Scope, volumes: Sequence[SourceVolume]
) -> tuple[SourceState, ...]:
    """Return every source: what it brought within the scope, and how it stands now."""
    standings = {each.source: each for each in uow.sources.standings()}
    broken = Counter(each.source for each in uow.sources.problems())
    by_source: dict[str, dict[dt.date, int]] = defaultdict(dict)
    for row in volumes:
        by_source[row.source][row.day] = row.n
    return tuple(
        SourceState(
            name=source.name,
            channel=channel_name(source.channel),
            n=sum(n for day, n in by_source[source.name].items() if within(scope, day)),
            last_delivery_on=max(by_source[source.name], default=None),
            silent_since=_silent_since(
                context, by_source[source.name], source.expected_every_days
            ),
            problem=_problem(standings.get(source.name), broken[source.name]),
        )
        for source in context.rulebook.sources.values()
    )


def _silent_since(
    context: Context, days: Mapping[dt.date, int], expected_every_days: float
) -> dt.date | None:
    if not days:
        return None
    last = max(days)
    return last if (context.last_day - last).days > expected_every_days else None


def _problem(standing: SourceStanding | None, n_broken: int) -> Bilingual | None:
    if standing is not None and standing.last_error:
        return gathered.failed(standing.last_error)
    if n_broken:
        return gathered.unreadable_files(n_broken)
    return None


def quarantine_of(uow: UnitOfWork) -> tuple[QuarantineReason, ...]:
    """Return which expectations records broke that still wait for a person."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for record in uow.quarantine.waiting():
        for violation in record.violations:
            if violation.severity is Severity.CRITICAL:
                words = violation_words(violation)
                counts[violation.rule, record.source, words.zh, words.en] += 1
    return tuple(
        QuarantineReason(rule=rule, source=source, message=b(zh, en), n=n, n_waiting=n)
        for (rule, source, zh, en), n in sorted(
            counts.items(), key=lambda each: (-each[1], each[0])
        )
    )


def coding_of(context: Context, uow: UnitOfWork, ledger: Ledger) -> CodingFigures:
    """Return who coded, and how good the model is."""
    counts = uow.codings.counts_by_coder()
    model = uow.models.active()
    return CodingFigures(
        n_by_rule=counts.get("rule", 0),
        n_by_model=counts.get("model", 0),
        n_by_person=counts.get("person", 0),
        n_waiting=sum(
            dict(equation.right)["waiting"]
            for equation in ledger.equations
            if equation.name == "stored"
        ),
        codeframe_version=context.rulebook.codeframe.version,
        model_version=model.model_id if model else None,
        figures=_model_figures(model),
    )


def _model_figures(model: KeptModel | None) -> tuple[tuple[str, float], ...]:
    if model is None:
        return ()
    return tuple(
        (f"{head}.{name}", value)
        for head, measures in sorted(model.figures.measures.items())
        for name, value in sorted(measures.items())
        if 0 <= value <= 1
    )
