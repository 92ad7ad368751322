"""Table: are planted new topics found, and how often is nothing called something?

python -m bench.quality.emerging [--seeds N]

The background is the sample airport's text, dealt out again over its days at random
within each source: nothing is new in it. Eight topics are then planted in the
last 14 days, four at a time; of power banks (充电宝) the background speaks already. Simulated, seeds fixed; a few minutes.
"""

import argparse
import dataclasses
import datetime as dt
import random
import sys
from collections.abc import Sequence

from huixiang.domain.coding.insight import EmergingTheme
from huixiang.sample.timeline import day
from huixiang.sample.voice import voices_of
from huixiang.understanding.discovery.emerging import EmergingRule, HeardVoice, propose
from huixiang.understanding.text.segment import Segmenter

N_DAYS = 70
SIZES = (6, 10, 20)
TOPICS = {
    "人脸识别": ("人脸识别过不去", "人脸识别机器老认不出我", "刷脸闸机人脸识别失败", "人脸识别要脱帽好几回", "戴眼镜人脸识别不通过"),
    "充电宝": ("充电宝租借柜是空的", "租的充电宝还不进去", "充电宝借了扣我一整天的钱", "充电宝柜台二维码扫不了", "候机时充电宝没电"),
    "鸽子": ("大厅里飞进来鸽子", "鸽子在头顶飞来飞去", "有鸽子落在座椅上", "喂鸽子的人没人劝", "玻璃顶上停着鸽子"),
    "直饮水": ("直饮水机出黄水", "直饮水停了好几台", "直饮水的滤芯过期了", "接直饮水的地方在漏", "没有温的直饮水"),
    "婴儿车": ("婴儿车推不上那段坡", "借婴儿车要押证件", "婴儿车的轮子是坏的", "婴儿车没地方放", "电梯太小婴儿车进不去"),
    "电子登机牌": ("电子登机牌打不开", "电子登机牌二维码不显示", "电子登机牌发了两张", "电子登机牌名字是别人的", "电子登机牌要重新下载"),
    "吸烟室": ("吸烟室关了", "吸烟室的烟飘到外面", "吸烟室排风坏了", "吸烟室门口全是烟头", "找吸烟室问了一圈"),
    "robot": ("the robot blocked the corridor", "a delivery robot ran over my foot", "the robot kept asking the same question", "robot guide led us the wrong way", "that robot is in everyone's path"),
}  # fmt: skip


def background(seed: int) -> list[HeardVoice]:
    """Return the airport's voices, dealt out over the days again within each source."""
    rng = random.Random(seed)  # noqa: S311 - a simulation, no secret
    voices = [
        (source, day(number), voice.told.text)
        for number in range(N_DAYS)
        for source, said in voices_of(seed, day(number), ()).items()
        for voice in said
    ]
    by_source: dict[str, list[str]] = {}
    for source, _, words in voices:
        by_source.setdefault(source, []).append(words)
    for texts in by_source.values():
        rng.shuffle(texts)
    return [
        HeardVoice(
            feedback_id=f"fb_{number}",
            day=on,
            source=source,
            words=by_source[source].pop(),
            themes=("some",) if rng.random() < 0.85 else (),
        )
        for number, (source, on, _) in enumerate(voices)
    ]


def planted(
    rng: random.Random, topic: str, n: int, others: Sequence[HeardVoice]
) -> list[HeardVoice]:
    """Return *n* voices on a topic in the last 14 days, each beside something usual."""
    last = max(each.day for each in others)
    return [
        HeardVoice(
            feedback_id=f"new_{topic}_{number}",
            day=last - dt.timedelta(days=rng.randrange(14)),
            source=rng.choice(("survey", "community")),
            words=f"{rng.choice(TOPICS[topic])}，{rng.choice(others).words}",
            themes=("some",) if number % 2 else (),
        )
        for number in range(n)
    ]


def _is_about(found: EmergingTheme, topic: str) -> bool:
    """Say whether most of a proposal's examples were planted for the topic."""
    mine = sum(each.startswith(f"new_{topic}_") for each in found.examples)
    return 2 * mine > len(found.examples)


@dataclasses.dataclass(kw_only=True)
class Tally:
    """What was found of what was planted."""

    found: dict[int, list[bool]] = dataclasses.field(default_factory=dict)
    n_false: int = 0
    n_looks: int = 0


def look(seed: int, segmenter: Segmenter, tally: Tally) -> None:
    """Look at one stream without news, then with every size of news planted."""
    rng = random.Random(seed)  # noqa: S311 - a simulation, no secret
    voices = background(seed)
    last = max(each.day for each in voices)
    for size in (0, *SIZES):
        topics = rng.sample(sorted(TOPICS), 4) if size else []
        new = [each for topic in topics for each in planted(rng, topic, size, voices)]
        found = propose(
            voices + new, segmenter, until=last, known=frozenset(), rule=EmergingRule()
        )
        spoken = ["".join(each.keywords) for each in found]
        hits = [any(_is_about(each, topic) for each in found) for topic in topics]
        tally.found.setdefault(size, []).extend(hits)
        if not size:
            tally.n_false += len(spoken)
            tally.n_looks += 1
        sys.stderr.write(f"seed {seed}, {size} planted: {hits} {spoken}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args(arguments)
    tally = Tally()
    for seed in range(given.seeds):
        look(seed, Segmenter(), tally)
    print("| planted feedbacks in 14 days | topics | found |\n|---|---|---|")
    for size in SIZES:
        hits = tally.found[size]
        print(f"| {size} | {len(hits)} | {sum(hits) / len(hits):.0%} |")
    looks_a_month = 30 / 7
    a_month = tally.n_false / tally.n_looks * looks_a_month
    print(f"\nfalse alarms: {tally.n_false} in {tally.n_looks} looks at streams without "
          f"news, {a_month:.2f} a month of weekly looks")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
