"""Review in a spreadsheet: the queue goes out as CSV or XLSX, decisions come back."""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.review import (
    Candidate,
    Mention,
    Queued,
    Review,
    ShownCoding,
)
from huixiang.domain.text import Language
from huixiang.errors import ConfigurationError
from huixiang.steps.review.reviews import check_review, new_review
from huixiang.understanding.model.labels import read_sheet
from huixiang.wording.coding.codings import POLARITY
from huixiang.wording.coding.review import NO, YES, queue_words

COLUMNS = (
    "feedback_id", "coding_id", "words", "rating", "touchpoint", "unit", "why",
    "evidence", "by", "confidence", "theme", "polarity", "decision",
    "whole_polarity", "department",
)  # fmt: skip
KEEP, NONE = "ok", "none"
_ANSWERS = dict.fromkeys((KEEP, *YES), KEEP) | dict.fromkeys((NONE, *NO), NONE)
_POLARITIES = {
    name: polarity
    for polarity, words in POLARITY.items()
    for name in (polarity.value, words.zh)
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of a file that came back."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What a file says: whole reviews, and the lines that are wrong."""

    reviews: tuple[Review, ...]
    problems: tuple[str, ...]


# -- out ---------------------------------------------------------------------------


def write_queue(path: Path, queued: Sequence[Queued], language: Language) -> int:
    """Write one row for each coding (one without, where there is none)."""
    rows = [row for each in queued for row in _rows(each, language)]
    writer = {".csv": _write_csv, ".xlsx": _write_xlsx}.get(path.suffix.lower())
    if writer is None:
        raise ConfigurationError(f"{path}: review files end in .csv or .xlsx")
    try:
        writer(path, rows)
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder "
            "that is there"
        ) from error
    return len(rows)


def _rows(queued: Queued, language: Language) -> Iterator[list[str]]:
    candidate = queued.candidate
    common = {
        "feedback_id": candidate.feedback_id,
        "words": candidate.words,
        "rating": "" if candidate.stars is None else f"{candidate.stars:g}",
        "touchpoint": candidate.touchpoint or "",
        "unit": candidate.unit or "",
        "why": queue_words(queued, language),
    }
    for each in candidate.codings or (None,):
        cells = common | (_coding_cells(each) if each else {})
        yield [_harmless(cells.get(name, "")) for name in COLUMNS]


def _coding_cells(coding: ShownCoding) -> dict[str, str]:
    return {
        "coding_id": coding.coding_id,
        "evidence": coding.evidence,
        "by": f"{coding.coder}:{coding.coder_id}",
        "confidence": f"{coding.confidence:.2f}",
        "theme": coding.theme,
        "polarity": coding.polarity.value,
    }


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading somebody's words as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("review")
    sheet.freeze_panes = "A2"
    for row in (COLUMNS, *rows):
        sheet.append(list(row))
    book.save(path)


# -- and back ----------------------------------------------------------------------


def read_decisions(path: Path) -> list[Row]:
    """Return the lines of a file; raise ConfigurationError where it is no such file."""
    reader = {".csv": _read_csv, ".xlsx": _read_xlsx}.get(path.suffix.lower())
    if reader is None:
        raise ConfigurationError(f"{path}: review files end in .csv or .xlsx")
    try:
        rows = list(reader(path))
    except (
        OSError,
        UnicodeDecodeError,
        csv.Error,
        KeyError,
        ValueError,
        BadZipFile,
    ) as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({type(error).__name__}); it must be what "
            "`huixiang review export` wrote, CSV in UTF-8"
        ) from error
    for name in ("feedback_id", "theme", "polarity", "decision"):
        if rows and name not in rows[0].cells:
            raise ConfigurationError(f"{path}:1: no column {name!r}; export it again")
    return rows


def _read_csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            yield Row(line=reader.line_num, cells=_texts(cells))


def _read_xlsx(path: Path) -> Iterator[Row]:
    for number, cells in read_sheet(path):
        yield Row(line=number, cells=_texts(cells))


def _texts(cells: Mapping[Any, Any]) -> dict[str, str]:
    return {
        str(name): "" if value is None else str(value).strip()
        for name, value in cells.items()
    }


def reviews_from(
    rows: Sequence[Row],
    candidates: Mapping[str, Candidate],
    rulebook: Rulebook,
    *,
    reviewer: str,
    at: dt.datetime,
) -> Imported:
    """Return a review for each feedback that was decided whole.

    A feedback with a wrong line is left out, the others count: giving the corrected
    file again notes nothing twice. Lines without any decision were not reviewed.
    """
    by_feedback: dict[str, list[Row]] = {}
    for row in rows:
        by_feedback.setdefault(row.cells["feedback_id"], []).append(row)
    reviews, problems = [], []
    for feedback_id, own in by_feedback.items():
        if not any(row.cells["decision"] for row in own):
            continue
        try:
            review = _review(feedback_id, own, candidates, reviewer, at)
            check_review(review, rulebook)
            reviews.append(review)
        except ConfigurationError as error:
            lines = (
                f"{own[0].line}" if len(own) == 1 else f"{own[0].line}–{own[-1].line}"
            )
            problems.append(_located(str(error), lines))
    return Imported(reviews=tuple(reviews), problems=tuple(problems))


def _located(message: str, lines: str) -> str:
    return message if message.startswith("line ") else f"line {lines}: {message}"


def _review(
    feedback_id: str,
    rows: Sequence[Row],
    candidates: Mapping[str, Candidate],
    reviewer: str,
    at: dt.datetime,
) -> Review:
    candidate = candidates.get(feedback_id)
    if candidate is None:
        raise ConfigurationError(f"no feedback {feedback_id!r}; the ids must stay")
    _check_all_decided(rows, candidate)
    mentions: dict[str, Mention] = {}
    for row in rows:
        mention = _mention(row, candidate)
        if mention and mentions.setdefault(mention.theme, mention) != mention:
            raise ConfigurationError(
                f"line {row.line}: theme {mention.theme} was decided above already"
            )
    made = new_review(
        feedback_id, tuple(mentions.values()), reviewer=reviewer, at=at,
        seen=candidate.codings,
    )  # fmt: skip
    return _with_whole(made, rows)


def _check_all_decided(rows: Sequence[Row], candidate: Candidate) -> None:
    """Refuse half a review: what it leaves open would read as "not there"."""
    for row in rows:
        if row.cells["decision"].casefold() not in _ANSWERS:
            raise ConfigurationError(
                f"line {row.line}: decision {row.cells['decision']!r}; write ok or "
                "none in every line of a feedback, or leave all of them empty"
            )
    given = {row.cells.get("coding_id") for row in rows}
    known = {each.coding_id for each in candidate.codings}
    if known - given or given - known - {"", None}:
        raise ConfigurationError(
            f"feedback {candidate.feedback_id}: its codings are others by now, or a "
            "line was taken out; export it again"
        )


def _mention(row: Row, candidate: Candidate) -> Mention | None:
    if _ANSWERS[row.cells["decision"].casefold()] == NONE or not row.cells["theme"]:
        return None
    polarity = _POLARITIES.get(row.cells["polarity"].casefold())
    if polarity is None:
        raise ConfigurationError(
            f"line {row.line}: polarity {row.cells['polarity']!r}; use "
            + ", ".join(Polarity)
        )
    shown = {each.coding_id: each for each in candidate.codings}
    coding = shown.get(row.cells.get("coding_id", ""))
    return Mention(
        theme=row.cells["theme"],
        polarity=polarity,
        evidence=coding.evidence if coding else "",
        span=coding.span if coding else None,
    )


def _with_whole(review: Review, rows: Sequence[Row]) -> Review:
    """Add what the lines say of the whole feedback."""
    polarity = _only(rows, "whole_polarity")
    if polarity and polarity.casefold() not in _POLARITIES:
        raise ConfigurationError(
            f"line {rows[0].line}: whole_polarity {polarity!r}; use "
            + ", ".join(Polarity)
        )
    return Review(
        review_id=review.review_id,
        feedback_id=review.feedback_id,
        reviewer=review.reviewer,
        reviewed_at=review.reviewed_at,
        mentions=review.mentions,
        polarity=_POLARITIES[polarity.casefold()] if polarity else None,
        department=_only(rows, "department") or None,
        seen=review.seen,
    )


def _only(rows: Sequence[Row], column: str) -> str:
    """Return the one value that the lines give, empty where none does."""
    given = {row.cells.get(column, "") for row in rows} - {""}
    if len(given) > 1:
        raise ConfigurationError(
            f"line {rows[0].line}: {column} is said in two ways for one feedback"
        )
    return given.pop() if given else ""
