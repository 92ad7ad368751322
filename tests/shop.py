"""A coffee shop's feedback, made to measure: two quiet months, then cold coffee."""

import csv
import datetime as dt
import random
import shutil
from pathlib import Path

SHOP = Path(__file__).parent / "data" / "shop"
FIRST = dt.date(2026, 1, 1)
AS_OF = dt.datetime(2026, 3, 12, 1, 0, tzinfo=dt.UTC)
HEADER = ["id", "text", "at", "stars", "place", "shop", "phone"]

GOOD = ["咖啡很香，下次还来", "拿铁好喝，店员热情", "店员很耐心", "排队很快就到我了"]
BAD = {
    "coffee": ["咖啡凉了，很失望", "端上来的咖啡凉了", "拿铁凉透了，难喝"],
    "queue": ["排队太久，等了半小时", "队伍很长，没人管"],
}


def rows(n_days: int = 70, *, dip_from: int = 56) -> list[list[str]]:
    """Return a survey: from day *dip_from* on most coffee is cold."""
    rng = random.Random(7)
    made = []
    for number in range(n_days):
        for index in range(6):
            cold = number >= dip_from and rng.random() < 0.5
            slow = rng.random() < 0.08
            pool = BAD["coffee"] if cold else BAD["queue"] if slow else GOOD
            bad = cold or slow
            day = FIRST + dt.timedelta(days=number)
            words = f"{rng.choice(pool)}（{day:%m月%d日}第{index + 1}桌）"
            stars = rng.choice([1, 2] if bad else [4, 5])
            made.append(
                [f"c{number:03}-{index}", words, f"{day} {9 + index}:30", str(stars),
                 "counter", "南门店", ""]
            )  # fmt: skip
    return made


def odd_rows() -> list[list[str]]:
    """Return rows that break expectations, repeat others, or need an answer at once."""
    return [
        ["x1", "", "2026-03-01 10:00", "3", "counter", "南门店", ""],
        ["x2", "咖啡不错", "someday", "5", "counter", "南门店", ""],
        ["c001-1", "同一个编号又来一次，咖啡还行吧", "2026-03-02 10:00", "4", "counter",
         "南门店", ""],
        ["x4", "杯子里有玻璃渣！请打我电话13800138000", "2026-03-10 12:00", "1",
         "counter", "南门店", "13800138000"],
    ]  # fmt: skip


def write_csv(path: Path, lines: list[list[str]]) -> Path:
    """Write a survey export the way the till does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *lines])
    part.replace(path)
    return path


def make_shop(home: Path) -> Path:
    """Make the shop's workspace with its first export."""
    for name in ("rules", "expectations"):
        shutil.copytree(SHOP / name, home / name)
    write_csv(home / "inbox" / "january.csv", rows() + odd_rows())
    return home
