"""Personal numbers nobody has, and numbers that belong to nobody, from a seed."""

import datetime as dt
import random
from collections.abc import Callable

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_PREFIXES = (
    ("62", 16), ("62", 17), ("62", 18), ("62", 19), ("4", 16), ("51", 16), ("55", 16),
    ("34", 15), ("37", 15), ("35", 16), ("6011", 16),
)  # fmt: skip
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_WIDE = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")


def digits(rng: random.Random, n: int) -> str:
    return "".join(rng.choices("0123456789", k=n))


def mobile(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{digits(rng, 9)}"


def landline(rng: random.Random) -> str:
    area = rng.choice(("010", "021", "028", "0571", "0755", "0898"))
    return f"{area}-{rng.choice('2345678')}{digits(rng, 7)}"


def id_card(rng: random.Random) -> str:
    born = dt.date(1940, 1, 1) + dt.timedelta(days=rng.randrange(27_000))
    body = f"{rng.choice('123456')}{digits(rng, 5)}{born:%Y%m%d}{digits(rng, 3)}"
    total = sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card(rng: random.Random) -> str:
    prefix, length = rng.choice(_CARD_PREFIXES)
    if prefix == "35":
        prefix = str(rng.randint(3528, 3589))
    body = prefix + digits(rng, length - 1 - len(prefix))
    for check in "0123456789":
        if luhn(body + check) == 0:
            return body + check
    raise AssertionError


def luhn(number: str) -> int:
    doubled = [
        int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10))
        for i, d in enumerate(reversed(number))
    ]
    return sum(doubled) % 10


def plate(rng: random.Random) -> str:
    body = "".join(rng.choices(_PLATE, k=rng.choice((3, 4)))) + digits(rng, 2)
    return rng.choice(_PROVINCES) + rng.choice("ABCDEFG") + body


def email(rng: random.Random) -> str:
    return f"user{digits(rng, 4)}@example.{rng.choice(('com', 'cn', 'com.cn'))}"


def spaced(number: str) -> str:
    return separated(number, " ")


def hyphenated(number: str) -> str:
    return separated(number, "-")


def separated(number: str, separator: str) -> str:
    if len(number) == len("13800138000"):
        return separator.join((number[:3], number[3:7], number[7:]))
    if has_birth_date(number):
        return separator.join((number[:6], number[6:14], number[14:]))
    return separator.join(number[i : i + 4] for i in range(0, len(number), 4))


def has_birth_date(number: str) -> bool:
    is_card = number.startswith("62") and luhn(number) == 0
    return len(number) == len("110105194912310029") and not is_card


def wide(number: str) -> str:
    return number.translate(_WIDE)


SPELLINGS: tuple[Callable[[str], str], ...] = (str, spaced, hyphenated, wide)

SENTENCES = (
    "值机的时候没人理我，{}，请尽快给我回复",
    "麻烦联系{}",
    "{}这个号码一直没有人打给我",
    "我的资料是{}。昨天已经报过一次了！",
    "行李还没找到（{}）谢谢",
    "please reach me at {} before Friday",
)


def order_number(rng: random.Random) -> str:
    form = rng.choice(
        (
            "订单号{}".format(digits(rng, rng.choice((8, 10, 12, 15, 16, 18, 20)))),
            "订单编号：2024{}".format(digits(rng, rng.choice((10, 12, 14)))),
            "运单 SF{}".format(digits(rng, 13)),
            "工单20{}{}".format(rng.randint(20, 26), digits(rng, 10)),
            "票号 {}-{}".format(digits(rng, 3), digits(rng, 10)),
            "航班CA{}，{}登机口".format(digits(rng, 4), rng.randint(1, 80)),
            "会员号{}".format(digits(rng, 12)),
        )
    )
    return f"{form}，一直没有处理"


def amount(rng: random.Random) -> str:
    value = rng.randint(1, 99_999_999) / 100
    return rng.choice((f"退了我{value:.2f}元", f"一共￥{value:,.2f}", f"要价 {value:.0f} 块"))


def moment(rng: random.Random) -> str:
    at = dt.datetime(2019, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        minutes=rng.randrange(3_600_000)
    )
    pattern = rng.choice(
        ("%Y-%m-%d %H:%M:%S", "%Y年%m月%d日", "%Y/%m/%d", "%Y%m%d%H%M%S", "%Y%m%d", "%H:%M")
    )
    return f"{at.strftime(pattern)}到的机场"


HARMLESS: tuple[Callable[[random.Random], str], ...] = (order_number, amount, moment)
