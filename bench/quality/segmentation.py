"""Table 4: the accelerated segmenter against jieba, on every text of the data.

python bench/quality/segmentation.py DATA
"""

import argparse
import csv
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook

from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter

ENCODINGS = {"hotel_reviews_gbk.csv": "gb18030"}


def texts_of(path: Path) -> list[str]:
    """Return every string of a file, whatever field it stands in."""
    if path.suffix == ".jsonl":
        lines = path.read_text("utf-8").splitlines()
        values = [
            value for line in lines if line for value in json.loads(line).values()
        ]
    elif path.suffix == ".csv":
        encoding = ENCODINGS.get(path.name, "utf-8-sig")
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            values = [value for row in csv.reader(file) for value in row]
    else:
        sheet = load_workbook(path, read_only=True).worksheets[0]
        values = [value for row in sheet.iter_rows(values_only=True) for value in row]
    return list(
        dict.fromkeys(
            value for value in values if isinstance(value, str) and len(value) > 3
        )
    )


def line(path: Path) -> str:
    """Return one row of the table."""
    texts = texts_of(path)
    texts = list(dict.fromkeys([*texts, *normalise(texts)]))
    fast, plain = Segmenter(), Segmenter(accelerate=False)
    if not fast.is_accelerated:
        raise SystemExit("rjieba is not installed; nothing to compare")
    for each in (fast, plain):
        each.cut(["价格10-30元赞赞赞赞"])  # load the dictionaries outside the clock
    started = time.process_time()
    quick = fast.cut(texts)
    middle = time.process_time()
    slow = plain.cut(texts)
    ended = time.process_time()
    differ = sum(one != other for one, other in zip(quick, slow, strict=True))
    ratio = (ended - middle) / (middle - started)
    return f"| {path.name} | {len(texts)} | {differ} | {ratio:.1f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    folder = parser.parse_args(arguments).data
    sys.stdout.write(
        "| file | distinct texts, raw and normalised | different | times jieba's speed |\n|---|---|---|---|\n"
    )
    for path in sorted(
        each for each in folder.iterdir() if each.suffix in {".jsonl", ".csv", ".xlsx"}
    ):
        sys.stdout.write(line(path) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
