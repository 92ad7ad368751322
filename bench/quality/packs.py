"""How far the words of the industry packs carry on public texts nobody tuned them on.

python -m bench.quality.packs DATA [PACKS]: coverage, then agreement with gold labels.
"""

import csv
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.steps.rules import load_rules
from huixiang.understanding.coding.coder import Coder, TextAnswer
from huixiang.understanding.text.batch import RatedText

MAX_TEXTS = 2000
SEED = 1
TEXTS = (
    ("restaurant_retail", "dining_opinions_train.jsonl", "text"),
    ("restaurant_retail", "takeaway_reviews_train.jsonl", "text"),
    ("restaurant_retail", "shop_reviews_train.jsonl", "text"),
    ("automobile", "car_opinions_train.jsonl", "text"),
    ("automobile", "car_complaints_2024q1.csv", "投诉简述"),
    ("public_service", "citizen_messages_train.jsonl", "text"),
    ("hotel", "hotel_reviews_gbk.csv", "评论内容"),
    ("airline", "lounge_reviews.csv", "content"),
)
DINING = {
    "dish.taste": "dish.taste",
    "dish.portion": "dish.portion",
    "dish.look": "dish.look",
    "dish.recommendation": "dish.choice",
    "price.level": "price.level",
    "price.cost_effective": "price.level",
    "price.discount": "price.promotion",
    "service.waiters_attitude": "service.staff",
    "service.wait_time": "service.waiting",
    "service.serving_speed": "service.speed",
    "service.parking": "place.parking",
    "environment.decoration": "place.ambience",
    "environment.noise": "place.noise",
    "environment.space": "place.space",
    "environment.cleanliness": "place.clean",
    "location.easy_to_find": "place.location",
    "location.distance": "place.location",
    "location.traffic": "place.location",
}
CARS = {
    "动力": "power.engine",
    "价格": "price.level",
    "油耗": "energy.fuel",
    "操控": "handling.steering",
    "舒适性": "comfort.seat comfort.noise comfort.climate",
    "配置": "tech.equipment tech.software",
    "安全性": "safety.crash handling.brake",
    "内饰": "look.interior",
    "外观": "look.exterior",
    "空间": "comfort.space",
}
"""A gold theme, and the themes of the pack that mean it."""


def frame(packs: Path, name: str) -> Codeframe:
    """Return the codeframe of a pack."""
    return load_rules(packs / name).codeframe


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of one file; city letters only as they were written."""
    raw = path.read_bytes()
    if path.suffix == ".jsonl":
        found = [json.loads(line) for line in raw.decode("utf-8").splitlines() if line]
        return [row for row in found if not str(row["id"]).startswith("seg-")]
    text = raw.decode("gb18030" if "gbk" in path.name else "utf-8-sig", "replace")
    return list(csv.DictReader(io.StringIO(text)))


def code(codeframe: Codeframe, texts: Sequence[str]) -> list[TextAnswer]:
    """Code texts by the pack's own words."""
    return Coder(codeframe, None).code_texts([RatedText(words=each) for each in texts])


def coverage(data: Path, packs: Path) -> Iterator[str]:
    """Yield one line for each set: how many texts have a theme, and how many."""
    for name, file, column in TEXTS:
        texts = [
            f"{row.get('title', '')}\n{row[column]}".strip()
            for row in rows(data / file)
        ]
        texts = [text for text in texts if text]
        random.Random(SEED).shuffle(texts)  # noqa: S311 - a draw, no secret
        answers = code(frame(packs, name), texts[:MAX_TEXTS])
        n = len(answers)
        covered = sum(bool(each.codings) for each in answers) / n
        mean = sum(len(each.codings) for each in answers) / n
        yield f"{name:18} {file:30} n={n:5} covered {covered:.3f}  themes a text {mean:.2f}"


def agreement(
    data: Path, packs: Path, name: str, file: str, meaning: Mapping[str, str]
) -> str:
    """Return precision and recall of mapped themes, and polarity on those found."""
    found = rows(data / file)
    back = {each: gold for gold in meaning.values() for each in gold.split()}
    counts: Counter[str] = Counter()
    answers = code(frame(packs, name), [row["text"] for row in found])
    for row, answer in zip(found, answers, strict=True):
        told = {back[c.theme]: c.polarity for c in answer.codings if c.theme in back}
        mentions: list[dict[str, str]] = list(row["mentions"])  # type: ignore[arg-type]  # a list in JSON Lines
        gold = {meaning[each["theme"]] for each in mentions}
        counts["right"] += len(gold & told.keys())
        counts["told"] += len(told)
        counts["gold"] += len(gold)
        seen = [each for each in mentions if meaning[each["theme"]] in told]
        counts["seen"] += len(seen)
        counts["polarity"] += sum(
            told[meaning[each["theme"]]] == each["polarity"] for each in seen
        )
    return (
        f"{name:18} n={len(found)} precision {counts['right'] / counts['told']:.3f} "
        f"recall {counts['right'] / counts['gold']:.3f} "
        f"polarity {counts['polarity'] / counts['seen']:.3f}"
    )


LETTERS = {
    "城乡建设": "construction",
    "劳动和社会保障": "labour",
    "教育文体": "education",
    "商贸旅游": "commerce",
    "环境保护": "environment",
    "卫生计生": "health",
    "交通运输": "transport",
}


def letters(data: Path, packs: Path) -> str:
    """Return how often the owner of most codings is the gold department."""
    found = rows(data / "citizen_messages_train.jsonl")
    codeframe = frame(packs, "public_service")
    texts = [f"{row.get('title', '')}\n{row['text']}" for row in found]
    first = among = 0
    for row, answer in zip(found, code(codeframe, texts), strict=True):
        owners = (codeframe.by_id[each.theme].owner for each in answer.codings)
        votes = Counter(each for each in owners if each in LETTERS.values())
        wanted = LETTERS[row["department"]]
        first += [wanted] == [name for name, _ in votes.most_common(1)]
        among += wanted in votes
    n = len(found)
    return f"public_service     n={n} first {first / n:.3f} among {among / n:.3f}"


def main() -> None:
    """Print both tables."""
    data = Path(sys.argv[1])
    packs = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("examples/packs")
    for line in coverage(data, packs):
        print(line, flush=True)
    for name, file, meaning in (
        ("restaurant_retail", "dining_opinions_train.jsonl", DINING),
        ("automobile", "car_opinions_train.jsonl", CARS),
    ):
        print(agreement(data, packs, name, file, meaning), flush=True)
    print(letters(data, packs))


if __name__ == "__main__":
    main()
