"""Pull: land what a source has, and move its cursor with it."""

import logging
from dataclasses import dataclass

from huixiang.domain.records.record import LandedRecord
from huixiang.domain.records.source import Connector, Pulled, Source, SourceProblem
from huixiang.errors import SourceError
from huixiang.steps.context import Context, short_id

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class PullResult:
    """What one source gave; a failed source is never "no feedback"."""

    source: str
    n_new: int
    problems: tuple[SourceProblem, ...]
    error: str | None

    @property
    def ok(self) -> bool:
        """Whether everything the source has could be read."""
        return self.error is None and not self.problems


def pull_source(context: Context, name: str, connector: Connector) -> PullResult:
    """Land all new records of one source, batch by batch."""
    source = context.rulebook.sources[name]
    n_new, error = 0, None
    problems: list[SourceProblem] = []
    with context.store.reading() as uow:
        cursor = uow.sources.cursor(name)
    try:
        for number, pulled in enumerate(connector.pull(cursor)):
            n_new += _land(context, source, pulled, number)
            problems.extend(pulled.problems)
    except SourceError as failure:
        error = str(failure)
        log.warning("source.failed", extra={"source": name})
    _note(context, name, tuple(problems), error)
    return PullResult(source=name, n_new=n_new, problems=tuple(problems), error=error)


def _land(context: Context, source: Source, pulled: Pulled, number: int) -> int:
    records = [
        LandedRecord(
            landing_id=short_id("ld", source.name, record.position), record=record
        )
        for record in pulled.records
    ]
    with context.store.reading() as uow:
        unchanged = uow.sources.cursor(source.name) == dict(pulled.cursor)
    if unchanged and not records:
        return 0
    with context.transaction("land") as uow:
        n_new = uow.landing.land(
            source.name,
            records,
            batch_id=short_id("pb", context.run_id, source.name, number),
            run_id=context.run_id,
            pulled_at=context.now(),
        )
        uow.sources.move_cursor(source.name, pulled.cursor, context.now())
    return n_new


def _note(
    context: Context,
    name: str,
    problems: tuple[SourceProblem, ...],
    error: str | None,
) -> None:
    """Write down what could not be read, and what can be read again."""
    with context.store.reading() as uow:
        before = {
            each.position for each in uow.sources.problems() if each.source == name
        }
        failed = any(
            each.source == name and each.last_error for each in uow.sources.standings()
        )
    same = before == {each.position for each in problems}
    if same and error is None and not failed:
        return
    with context.transaction("source state") as uow:
        uow.sources.note_problems(name, problems, context.now())
        if error is None:
            uow.sources.clear_failure(name)
        else:
            uow.sources.note_failure(name, error, context.now())
