"""Write the files that arrive at the sample airport, day after day, the same again."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from huixiang.sample.chance import stream
from huixiang.sample.dirt import DIRT_PER_DAY, Row, spoil
from huixiang.sample.landscape import Fix
from huixiang.sample.shapes import SHAPES, Shape, delimited
from huixiang.sample.story import OLD_TEMPLATE
from huixiang.sample.timeline import day
from huixiang.sample.voice import SOURCES, Voice, voices_of

FILE_DAYS = 30  # an export covers at most so many days
TWICE = 0.004  # share of rows that an export repeats
OLD_HEADERS = {
    "答卷编号": "编号",
    "提交时间": "时间",
    "意见与建议": "留言",
    "总体评分": "评价",
}

__all__ = ["Fix", "World"]


class World:
    """The sample airport of one seed."""

    def __init__(self, seed: int = 20260105) -> None:
        """Choose the world; the same seed is the same world."""
        self._seed = seed

    def write_period(
        self, inbox: Path, start: dt.date, end: dt.date, fixes: Sequence[Fix] = ()
    ) -> list[Path]:
        """Write what arrives for [start, end), given the fixes made so far."""
        inbox.mkdir(parents=True, exist_ok=True)
        written = []
        for first, stop in _chunks(start, end):
            days = list(self._days(first, stop, fixes))
            for source in SOURCES:
                rows = [
                    row for on, said in days for row in self._rows(source, on, said)
                ]
                written += _write(inbox, SHAPES[source], first, stop, rows)
            written += self._old_template(inbox, days)
        return written

    def voices(
        self, start: dt.date, end: dt.date, fixes: Sequence[Fix] = ()
    ) -> Iterator[Voice]:
        """Yield the voices behind the files, without the dirt."""
        for _, said in self._days(start, end, fixes):
            for source in SOURCES:
                yield from said[source]

    def _days(
        self, start: dt.date, end: dt.date, fixes: Sequence[Fix]
    ) -> Iterator[tuple[dt.date, dict[str, list[Voice]]]]:
        for number in range((end - start).days):
            on = start + dt.timedelta(days=number)
            yield on, voices_of(self._seed, on, fixes)

    def _rows(
        self, source: str, on: dt.date, said: dict[str, list[Voice]]
    ) -> Iterator[Row]:
        """Yield a source's rows of a day, a few of them twice or spoiled."""
        rng = stream(self._seed, "export", source, on)
        shape = SHAPES[source]
        rows = [shape.row(voice) for voice in said[source]]
        for row in rows:
            yield row
            if rng.random() < TWICE:
                yield row
        if rows and rng.random() < DIRT_PER_DAY:
            yield spoil(rng, _another(rng.choice(rows), shape), shape.columns)

    def _old_template(
        self, inbox: Path, days: Iterable[tuple[dt.date, dict[str, list[Voice]]]]
    ) -> list[Path]:
        """Write the export that somebody made with last year's template."""
        said = [voices for on, voices in days if on == day(OLD_TEMPLATE.day)]
        rows = [
            {OLD_HEADERS.get(name, name): value for name, value in _copy(voice).items()}
            for voices in said
            for voice in voices[OLD_TEMPLATE.source][: OLD_TEMPLATE.rows]
        ]
        if not rows:
            return []
        path = inbox / f"survey_old_template_{day(OLD_TEMPLATE.day)}.csv"
        return [_put(path, delimited(rows, encoding="gb18030"))]


def _chunks(start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Cut [start, end) into the spans of one export each."""
    while start < end:
        stop = min(start + dt.timedelta(days=FILE_DAYS), end)
        yield start, stop
        start = stop


def _another(row: Row, shape: Shape) -> Row:
    """Return a row like this one under a number of its own."""
    column = next(iter(row))
    return {**row, column: f"{row[column]}x{shape.prefix[0]}"}


def _copy(voice: Voice) -> Row:
    """Return a survey row for the stray export."""
    return _another(SHAPES[OLD_TEMPLATE.source].row(voice), SHAPES[OLD_TEMPLATE.source])


def _write(
    inbox: Path, shape: Shape, first: dt.date, stop: dt.date, rows: Sequence[Row]
) -> list[Path]:
    """Write one export, unless there is nothing to export."""
    if not rows:
        return []
    last = stop - dt.timedelta(days=1)
    path = inbox / f"{shape.prefix}_{first}_{last}.{shape.suffix}"
    return [_put(path, shape.encode(rows))]


def _put(path: Path, data: bytes) -> Path:
    """Let a file appear at once, never half written."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    return part.replace(path)
