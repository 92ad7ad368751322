"""Cut the measuring data into a part to learn from and a held-out part, always alike."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SEED = 7
Rows = list[dict[str, Any]]

FILES = {
    "citizen_messages": "citizen_messages_train.jsonl",
    "car_opinions": "car_opinions_train.jsonl",
    "dining_opinions": "dining_opinions_train.jsonl",
    "takeaway_reviews": "takeaway_reviews_train.jsonl",
    "shop_reviews": "shop_reviews_train.jsonl",
    "car_complaints": "car_complaints_2024q1.csv",
}


def load(data: Path, name: str) -> Rows:
    """Return the labelled rows of one set, as they are."""
    path = data / FILES[name]
    if path.suffix == ".csv":
        return _complaints(path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def _complaints(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        records = list(csv.DictReader(lines))
    return [
        {
            "id": number,
            "text": each["投诉简述"],
            "department": each["投诉问题"],
            "occurred_at": each["投诉日期"],
        }
        for number, each in enumerate(records)
        if each["投诉简述"].strip() and each["投诉问题"].strip()
    ]


def split(data: Path, name: str) -> tuple[Rows, Rows]:
    """Return (learn, judge): a fifth held out, complaints by month; none in both.

    Texts that stand in the learning part are taken out of the judging part.
    """
    rows = load(data, name)
    if name == "car_complaints":
        learn = [row for row in rows if row["occurred_at"] < "2024-03"]
        judge = [row for row in rows if row["occurred_at"] >= "2024-03"]
    else:
        random.Random(SEED).shuffle(rows)  # noqa: S311 - a draw, no secret
        cut = len(rows) // 5
        learn, judge = rows[cut:], rows[:cut]
    known = {_solid(row) for row in learn}
    return learn, [row for row in judge if _solid(row) not in known]


def _solid(row: Mapping[str, Any]) -> str:
    return "".join(f"{row.get('title') or ''}{row['text']}".split())


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), "utf-8")
    return path
