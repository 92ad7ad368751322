"""Train on, evaluate on and classify plain files; what the command line calls."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from huixiang.clock import monotonic
from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Coding, Polarity
from huixiang.domain.coding.coding_reason import Why
from huixiang.understanding.coding.coder import Coder, TextAnswer
from huixiang.understanding.coding.keywords import KeywordCoder
from huixiang.understanding.discovery.unseen import Watch
from huixiang.understanding.model.labels import LabelledRow, read_rows
from huixiang.understanding.model.model_file import load, save
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.evaluation import (
    Pair,
    judge_classes,
    judge_mentions,
)

RouteOf = Callable[[LabelledRow, Coding], str | None]
"""The department that the workspace's rules give a coding of a row."""
Say = Callable[[Why], str]
"""What a reason reads like in the output."""

_CHUNK = 2000


def train_file(
    labels: Path, out: Path, *, codeframe: Codeframe | None = None
) -> dict[str, Any]:
    """Train on a labelled file, write the model folder, return its training figures."""
    return train_rows(read_rows(labels), out, codeframe=codeframe)


def train_rows(
    rows: Sequence[LabelledRow],
    out: Path,
    *,
    codeframe: Codeframe | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Train on labelled rows, write the model folder, return its training figures."""
    from huixiang.understanding.training.train import train

    words = KeywordCoder(codeframe).vocabulary if codeframe else ()
    model = train(
        rows,
        segmenter=Segmenter(words),
        words=words,
        codeframe_version=codeframe.version if codeframe else None,
        watch=watch,
    )
    saved = save(model, out)
    return {"version": saved.version, **saved.figures}


def evaluate_file(model: Path, labels: Path) -> dict[str, Any]:
    """Return held-out figures; every one can be recomputed from what classify writes."""
    rows = read_rows(labels)
    coder = Coder(None, load(model))
    started = monotonic()
    answers = coder.code_texts([row.as_text for row in rows])
    seconds = monotonic() - started
    return figures(rows, answers) | {
        "rows_per_second": round(len(rows) / max(seconds, 1e-9), 1)
    }


def figures(
    rows: Sequence[LabelledRow], answers: Sequence[TextAnswer]
) -> dict[str, Any]:
    """Return the figures of *answers* for every kind of label that *rows* carry."""
    judged = {
        "department": judge_classes(
            [row.department for row in rows],
            [each.suggested_department for each in answers],
        ),
        "polarity": judge_classes(
            [row.polarity for row in rows], [str(each.polarity) for each in answers]
        ),
        "mentions": judge_mentions(
            [_told(row) for row in rows],
            [
                [(coding.theme, str(coding.polarity)) for coding in each.codings]
                for each in answers
            ],
            [
                {theme: str(feeling) for theme, feeling in each.polarities.items()}
                for each in answers
            ],
        ),
    }
    found = {name: result for name, result in judged.items() if result}
    return {
        "n": len(rows),
        **{name: numbers for name, (numbers, _) in found.items()},
        "per_class": {name: tally.per_class() for name, (_, tally) in found.items()},
    }


def _told(row: LabelledRow) -> list[Pair] | None:
    if row.mentions is None:
        return None
    return [(label.theme, label.polarity) for label in row.mentions]


def classify_file(
    source: Path,
    out: Path,
    *,
    say: Say,
    model: Path | None = None,
    codeframe: Codeframe | None = None,
    route: RouteOf | None = None,
) -> int:
    """Write one line for each row of *source*, in order; return how many."""
    version = codeframe.version if codeframe else None
    coder = Coder(codeframe, load(model, codeframe_version=version) if model else None)
    rows = read_rows(source)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as lines:
        for part in _chunks(rows):
            answers = coder.code_texts([row.as_text for row in part])
            lines.writelines(
                json.dumps(_line(row, answer, route, say), ensure_ascii=False) + "\n"
                for row, answer in zip(part, answers, strict=True)
            )
    return len(rows)


def _chunks(rows: Sequence[LabelledRow]) -> Iterator[Sequence[LabelledRow]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def _line(
    row: LabelledRow, answer: TextAnswer, route: RouteOf | None, say: Say
) -> Mapping[str, Any]:
    line: dict[str, Any] = {
        "id": row.id,
        "suggested_department": answer.suggested_department,
        "department": _department(row, answer, route),
        "polarity": str(answer.polarity),
        "polarity_confidence": round(answer.polarity_confidence, 4),
        "department_confidence": round(answer.department_confidence, 4),
        "mentions": [_mention(coding, say) for coding in answer.codings],
        "reasons": [
            *map(say, answer.reasons),
            *([answer.not_codable] if answer.not_codable else []),
        ],
    }
    if answer.polarities:
        line["polarities"] = {
            theme: str(feeling) for theme, feeling in answer.polarities.items()
        }
    return line


def _department(
    row: LabelledRow, answer: TextAnswer, route: RouteOf | None
) -> str | None:
    """Return the route of the coding that weighs most, the suggestion without one."""
    if route is not None:
        for coding in sorted(answer.codings, key=_weight):
            department = route(row, coding)
            if department:
                return department
    return answer.suggested_department


def _weight(coding: Coding) -> tuple[bool, bool, float]:
    """Complaints before praise, rules before the model, the surest first."""
    complains = coding.polarity is Polarity.NEGATIVE
    return not complains, coding.coder is not CoderKind.RULE, -coding.confidence


def _mention(coding: Coding, say: Say) -> Mapping[str, Any]:
    return {
        "theme": coding.theme,
        "polarity": str(coding.polarity),
        "evidence": coding.evidence,
        "span": list(coding.span),
        "confidence": round(coding.confidence, 4),
        "by": f"{coding.coder}:{coding.coder_id}",
        "need_tier": str(coding.need_tier),
        "reasons": [say(reason) for reason in coding.reasons],
    }
