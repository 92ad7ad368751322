"""Judge plain CSV files: scores and actions in, verdicts out; no database."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from huixiang.domain.proof.verdict import Metric
from huixiang.errors import SourceError
from huixiang.verification.engine.design import STANDARD, ActionWindow, Design
from huixiang.verification.engine.judging import Judgement, judge
from huixiang.verification.engine.panel import FloatArray, Panel
from huixiang.wording.proof.verdicts import gap_sentence, verdict_sentence

ACTION_COLUMNS = ("action_id", "unit_id", "opened_at", "resolved_at")
VERDICT_COLUMNS = (
    "action_id", "verdict", "effect", "ci_low", "ci_high", "as_of", "reason",
    "shrunk_effect", "level_recovered", "naive_effect", "naive_ci_low",
    "naive_ci_high", "naive_verdict", "n_before", "n_after", "n_controls",
    "n_more_needed", "notes", "sentence_en", "sentence_zh", "why_naive_differs_en",
    "why_naive_differs_zh",
)  # fmt: skip
COUNTED = {Metric.NEGATIVE, Metric.COMPLAINT_RATE}
OPTIONAL_COLUMNS = dict.fromkeys(Metric, ("channel",)) | {
    Metric.COMPLAINT_RATE: ("channel", "exposure")
}
FIRST_LINE = 2  # of the data: line 1 holds the column names
ISO_LENGTH = len("2026-01-31")


def judge_files(
    scores: Path,
    actions: Path,
    out: Path,
    *,
    as_of: dt.date | None = None,
    metric: str = Metric.MEAN,
    design: Design | None = None,
) -> int:
    """Judge every action of *actions* and write *out*; return how many.

    Without *as_of* the last day of the scores counts as today.
    """
    design = design or Design(metric=Metric(metric))
    panel = read_scores(scores, design.metric)
    judgements = judge(
        panel, read_actions(actions), as_of=as_of or panel.last_day, design=design
    )
    write_verdicts(out, judgements)
    return len(judgements)


def read_scores(path: Path, metric: Metric = STANDARD.metric) -> Panel:
    """Read one feedback a row into daily summaries of *metric*.

    For complaint_rate a row may stand for many: `negative` complaints on `exposure`
    contacts (1 where the column is absent; 0 where another row tells the exposure).
    """
    column = "negative" if metric in COUNTED else "score"
    header = _header(path, ("unit_id", "date", column))
    extra = [name for name in OPTIONAL_COLUMNS[metric] if name in header]
    names = {"unit_id": "category", "date": "category", "channel": "category"}
    table = _table(path, ["unit_id", "date", column, *extra], names)
    values = _numbers(path, table[column])
    unit, units = _codes(path, table["unit_id"])
    day, days = _codes(path, table["date"])
    dates = [_date(path, text, table["date"]) for text in days]
    code, channels = (
        _codes(path, table["channel"])
        if "channel" in extra
        else (np.zeros_like(unit), ["all"])
    )
    if not len(values):
        raise SourceError(f"{path}: no feedback in it, only column names")
    first = min(dates)
    offset = np.array([(date - first).days for date in dates])
    shape = (len(units), int(offset.max()) + 1, len(channels))
    cell = np.ravel_multi_index((unit, offset[day], code), shape)
    n, total, squares = (
        np.bincount(cell, weight, minlength=int(np.prod(shape)))
        .reshape(shape)
        .astype(np.float64)
        for weight in _sums(path, table, values, metric)
    )
    return Panel(
        units=tuple(units), channels=tuple(channels), first_day=first,
        n=n, total=total, squares=squares,
    )  # fmt: skip


def _sums(
    path: Path, table: pd.DataFrame, values: FloatArray, metric: Metric
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what each row adds to the count, the sum and the sum of squares."""
    if metric is not Metric.COMPLAINT_RATE:
        values = VALUES[metric](path, values)
        return np.ones_like(values), values, values**2
    exposure = np.ones_like(values)
    if "exposure" in table:
        exposure = _numbers(path, table["exposure"])
        _refuse(path, table["exposure"] < 0, table["exposure"], "it cannot be below 0")
    _refuse(path, table["negative"] < 0, table["negative"], "it cannot be below 0")
    # one customer's many complaints are one event; those of many customers are many
    each = np.maximum(values / np.maximum(exposure, 1.0), 1.0)
    return exposure, values, values * each


def read_actions(path: Path) -> list[ActionWindow]:
    """Read one action a row; resolved_at and bite_days may be empty."""
    header = _header(path, ACTION_COLUMNS)
    table = _table(path, list(header), dict.fromkeys(header, "str"))
    windows = []
    for line, row in enumerate(table.fillna("").to_dict("records"), FIRST_LINE):
        windows.append(_window(path, line, {str(k): str(v) for k, v in row.items()}))
    return windows


def write_verdicts(path: Path, judgements: Iterable[Judgement]) -> None:
    """Write one row an action; absent values stay empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(VERDICT_COLUMNS)
    writer.writerows(map(_verdict_row, judgements))
    path.write_text(text.getvalue(), encoding="utf-8")


def _header(path: Path, wanted: Iterable[str]) -> list[str]:
    """Return the column names; refuse a file that lacks one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {error}") from error
    missing = [name for name in wanted if name not in header]
    if missing:
        raise SourceError(
            f"{path}:1: column {', '.join(missing)} is missing; found: "
            f"{', '.join(header) or 'nothing'}"
        )
    return header


def _table(path: Path, columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    """Read some columns as they are written."""
    try:
        return pd.read_csv(
            path, usecols=columns, dtype={c: types[c] for c in columns if c in types},
            encoding="utf-8-sig", keep_default_na=False, na_values=[""],
        )  # fmt: skip
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SourceError(f"{path}: cannot be read as CSV: {error}") from error


def _refuse(path: Path, bad: "pd.Series[bool]", column: "pd.Series", wish: str) -> None:
    """Name the first bad line, if there is one."""
    if bad.any():
        place = int(np.flatnonzero(bad.to_numpy())[0])
        value = column.iloc[place]
        shown = "empty" if pd.isna(value) else repr(str(value))
        raise SourceError(
            f"{path}:{place + FIRST_LINE}: {column.name} is {shown}, but {wish}"
        )


def _numbers(path: Path, column: "pd.Series") -> FloatArray:
    """Return a column of finite numbers."""
    values = pd.to_numeric(column, errors="coerce").astype(float)
    _refuse(path, ~np.isfinite(values), column, "it must be a number")
    return np.asarray(values.to_numpy(), float)


def _codes(path: Path, column: "pd.Series") -> tuple[np.ndarray, list[str]]:
    """Return each row's position among the sorted distinct values."""
    _refuse(path, column.isna(), column, "it must not be empty")
    column = column.cat.remove_unused_categories()
    names = [str(name) for name in column.cat.categories]
    return column.cat.codes.to_numpy(np.int64), names


def _date(path: Path, text: str, column: "pd.Series") -> dt.date:
    """Read a date; name the first line that holds a bad one."""
    try:
        return _iso_date(text)
    except ValueError:
        _refuse(path, column.astype(str) == text, column, "it must be YYYY-MM-DD")
        raise


def _iso_date(text: str) -> dt.date:
    """Read YYYY-MM-DD, with or without a time after it."""
    if len(text) > ISO_LENGTH and text[ISO_LENGTH] not in "T ":
        raise ValueError(f"{text!r} is not a date")
    return dt.date.fromisoformat(text[:ISO_LENGTH])


def _window(path: Path, line: int, row: dict[str, str]) -> ActionWindow:
    """Read one action."""
    try:
        return ActionWindow(
            action_id=row["action_id"],
            unit=row["unit_id"],
            opened_on=_iso_date(row["opened_at"]),
            resolved_on=_iso_date(row["resolved_at"]) if row["resolved_at"] else None,
            bite_days=int(row.get("bite_days") or 0),
        )
    except ValueError as error:
        raise SourceError(f"{path}:{line}: {error}") from error


def _as_is(path: Path, values: FloatArray) -> FloatArray:
    return values


def _flag(path: Path, values: FloatArray) -> FloatArray:
    bad = np.flatnonzero((values != 0) & (values != 1))
    if len(bad):
        line = int(bad[0]) + FIRST_LINE
        raise SourceError(f"{path}:{line}: negative is {values[bad[0]]:g}, not 0 or 1")
    return values


def _best(path: Path, values: FloatArray) -> FloatArray:
    return (values >= _scale(path, values)).astype(float)


def _worst_two(path: Path, values: FloatArray) -> FloatArray:
    worst = {5: 2, 10: 4}[_scale(path, values)]
    return (values <= worst).astype(float)


def _promoters(path: Path, values: FloatArray) -> FloatArray:
    passive = {5: 4, 10: 7}[_scale(path, values)]
    best = {5: 5, 10: 9}[_scale(path, values)]
    return (values >= best).astype(float) - (values < passive)


def _scale(path: Path, values: FloatArray) -> int:
    """Tell a five-point scale from 0-10 by the best score in the file."""
    best = values.max()
    if best > 10:  # noqa: PLR2004  # no known scale is longer
        raise SourceError(f"{path}: a score of {best:g} fits neither 1-5 nor 0-10")
    return 5 if best <= 5 else 10  # noqa: PLR2004


VALUES: dict[Metric, Callable[[Path, FloatArray], FloatArray]] = {
    Metric.MEAN: _as_is,
    Metric.CES: _as_is,
    Metric.TOP_BOX: _best,
    Metric.BOTTOM_BOX: _worst_two,
    Metric.NPS: _promoters,
    Metric.NEGATIVE: _flag,
}


def _verdict_row(judgement: Judgement) -> list[str]:
    """Return the fields of VERDICT_COLUMNS."""
    v = judgement.verdict
    effect, plain = v.effect, v.plain_comparison
    sentence, gap = verdict_sentence(v), gap_sentence(v)
    values: list[object] = [
        judgement.action_id, v.kind, effect and effect.value, effect and effect.low,
        effect and effect.high, v.as_of, v.reason, v.shrunk_effect, v.level_recovered,
        plain and plain.effect.value, plain and plain.effect.low,
        plain and plain.effect.high, plain and plain.verdict, v.n_before, v.n_after,
        v.n_controls, v.n_more_needed, " ".join(v.notes), sentence.en, sentence.zh, gap.en,
        gap.zh,
    ]  # fmt: skip
    return [_field(value) for value in values]


def _field(value: object) -> str:
    """Write a value; numbers with five decimals."""
    if value is None:
        return ""
    return f"{value:.5f}" if isinstance(value, float) else str(value)
