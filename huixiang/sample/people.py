"""Invented people: names, numbers and addresses that nobody has, for masking to find."""

import random

SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹"
GIVEN = (
    "建国", "秀英", "志强", "桂芳", "海燕", "晓明", "文博", "雨桐", "子涵", "立军",
    "美玲", "国栋", "淑珍", "一诺", "浩然", "欣怡", "永福", "春梅", "思远", "嘉怡",
)  # fmt: skip
PREFIXES = ("138", "139", "150", "159", "177", "186", "188", "199")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
NOWHERE_REGION = "990101"  # no such region: the number cannot be anybody's
CONTACTS = (
    "联系人：{name}，电话{phone}。",
    "我叫{name}，手机{phone}。",
    "请打{phone}找我，{name}。",
    "电话 {phone}（{name}）。",
    "我的邮箱是{mail}，请书面回复。",
    "本人{name}，身份证号{identity}，可核实。",
    "联系方式：{phone}，{mail}。",
)
PLATES = ("车牌{plate}。", "我的车是{plate}，可以调监控。")


def name(rng: random.Random) -> str:
    """Return a name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: random.Random) -> str:
    """Return a mobile number in one of the ways people write it."""
    prefix, last = rng.choice(PREFIXES), f"{rng.randrange(10_000):04}"
    form = rng.choice(("{}0000{}", "{}0000{}", "{}0000{}", "{} 0000 {}", "{}-0000-{}"))
    return form.format(prefix, last)


def identity(rng: random.Random) -> str:
    """Return a well-formed citizen number of a region that does not exist."""
    birth = (
        f"{rng.randrange(1950, 2004)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    )
    digits = f"{NOWHERE_REGION}{birth}{rng.randrange(1000):03}"
    total = sum(int(d) * w for d, w in zip(digits, ID_WEIGHTS, strict=True))
    return digits + ID_CHECKS[total % 11]


def mail(rng: random.Random) -> str:
    """Return an address in a domain reserved for examples."""
    return f"traveller{rng.randrange(10_000):04}@example.com"


def plate(rng: random.Random) -> str:
    """Return a number plate."""
    letters = rng.choice("ABCDE") + "·" + rng.choice("FGHK")
    return f"{rng.choice('京沪粤川浙')}{letters}{rng.randrange(10_000):04}"


def contact(rng: random.Random) -> str:
    """Return a sentence by which somebody gives away who they are."""
    return rng.choice(CONTACTS).format(
        name=name(rng), phone=phone(rng), mail=mail(rng), identity=identity(rng)
    )


def car(rng: random.Random) -> str:
    """Return a sentence with a number plate."""
    return rng.choice(PLATES).format(plate=plate(rng))
