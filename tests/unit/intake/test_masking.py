"""Personal data leaves, everything else stays letter by letter."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.intake.redaction import mask

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_PREFIXES = (
    ("62", 16), ("62", 17), ("62", 18), ("62", 19), ("4", 16), ("51", 16), ("55", 16),
    ("34", 15), ("37", 15), ("35", 16), ("6011", 16),
)  # fmt: skip
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_WIDE = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")


def digits(rng, n):
    return "".join(rng.choices("0123456789", k=n))


def mobile(rng):
    return f"1{rng.choice('3456789')}{digits(rng, 9)}"


def landline(rng):
    area = rng.choice(("010", "021", "028", "0571", "0755", "0898"))
    return f"{area}-{rng.choice('2345678')}{digits(rng, 7)}"


def id_card(rng):
    born = dt.date(1940, 1, 1) + dt.timedelta(days=rng.randrange(27_000))
    body = f"{rng.choice('12345')}{digits(rng, 5)}{born:%Y%m%d}{digits(rng, 3)}"
    total = sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card(rng):
    prefix, length = rng.choice(_CARD_PREFIXES)
    if prefix == "35":
        prefix = str(rng.randint(3528, 3589))
    body = prefix + digits(rng, length - 1 - len(prefix))
    for check in "0123456789":
        if luhn(body + check) == 0:
            return body + check
    raise AssertionError


def luhn(number):
    doubled = [
        int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10))
        for i, d in enumerate(reversed(number))
    ]
    return sum(doubled) % 10


def plate(rng):
    body = "".join(rng.choices(_PLATE, k=rng.choice((3, 4)))) + digits(rng, 2)
    return rng.choice(_PROVINCES) + rng.choice("ABCDEFG") + body


def email(rng):
    return f"user{digits(rng, 4)}@example.{rng.choice(('com', 'cn', 'com.cn'))}"


def spaced(number):
    return separated(number, " ")


def hyphenated(number):
    return separated(number, "-")


def separated(number, separator):
    """Group a number as people do; an 18-digit card is no identity number."""
    if len(number) == 11:
        groups = (number[:3], number[3:7], number[7:])
    elif len(number) == 18 and not number.startswith("62"):
        groups = (number[:6], number[6:14], number[14:])
    else:
        groups = tuple(number[i : i + 4] for i in range(0, len(number), 4))
    return separator.join(groups)


def wide(number):
    return number.translate(_WIDE)


SPELLINGS = (str, spaced, hyphenated, wide)

SENTENCES = (
    "值机的时候没人理我，{}，请尽快给我回复",
    "麻烦联系{}",
    "{}这个号码一直没有人打给我",
    "我的资料是{}。昨天已经报过一次了！",
    "行李还没找到（{}）谢谢",
    "please reach me at {} before Friday",
)


def order_number(rng):
    form = rng.choice(
        (
            f"订单号{digits(rng, rng.choice((8, 10, 12, 15, 16, 18, 20)))}",
            f"订单编号：2024{digits(rng, rng.choice((10, 12, 14)))}",
            f"运单 SF{digits(rng, 13)}",
            f"工单20{rng.randint(20, 26)}{digits(rng, 10)}",
            f"票号 {digits(rng, 3)}-{digits(rng, 10)}",
            f"航班CA{digits(rng, 4)}，{rng.randint(1, 80)}登机口",
            f"会员号{digits(rng, 12)}",
        )
    )
    return f"{form}，一直没有处理"


def amount(rng):
    value = rng.randint(1, 99_999_999) / 100
    return rng.choice(
        (f"退了我{value:.2f}元", f"一共￥{value:,.2f}", f"要价 {value:.0f} 块")
    )


def moment(rng):
    at = dt.datetime(2019, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
        minutes=rng.randrange(3_600_000)
    )
    pattern = rng.choice(
        (
            "%Y-%m-%d %H:%M:%S",
            "%Y年%m月%d日",
            "%Y/%m/%d",
            "%Y%m%d%H%M%S",
            "%Y%m%d",
            "%H:%M",
        )
    )
    return f"{at.strftime(pattern)}到的机场"


HARMLESS = (order_number, amount, moment)


@pytest.mark.parametrize("spell", SPELLINGS, ids=lambda spell: spell.__name__)
@pytest.mark.parametrize(
    ("make", "mark"),
    [
        (mobile, "［手机号］"),
        (id_card, "［身份证号］"),
        (card, "［银行卡号］"),
    ],
    ids=["mobile", "id card", "bank card"],
)
def test_at_least_99_percent_of_numbers_in_sentences_are_masked(make, mark, spell):
    rng = random.Random(11)
    n_masked = 0
    for _ in range(500):
        sentence = rng.choice(SENTENCES)
        n_masked += mask(sentence.format(spell(make(rng)))) == sentence.format(mark)
    assert n_masked >= 495


@pytest.mark.parametrize(
    ("make", "mark"),
    [
        (landline, "［固定电话］"),
        (plate, "［车牌号］"),
        (email, "［邮箱］"),
    ],
    ids=["landline", "plate", "e-mail"],
)
def test_other_personal_data_in_sentences_is_masked(make, mark):
    rng = random.Random(12)
    for _ in range(300):
        sentence = rng.choice(SENTENCES)
        assert mask(sentence.format(make(rng))) == sentence.format(mark)


@pytest.mark.parametrize("make", HARMLESS, ids=lambda make: make.__name__)
def test_at_most_half_a_percent_of_harmless_numbers_is_masked(make):
    rng = random.Random(13)
    texts = [make(rng) for _ in range(1_000)]
    assert sum(mask(text) != text for text in texts) <= 5


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话+86 138-0013-8000转告", "电话［手机号］转告"),
        ("１３８００１３８０００", "［手机号］"),
        ("1 3 8 0 0 1 3 8 0 0 0", "［手机号］"),
        ("一三八零零一三八零零零", "［手机号］"),
        ("tel13800138000", "tel［手机号］"),
        ("打(010)62511234-801", "打［固定电话］"),
        ("座机62511234", "座机［固定电话］"),
        ("call +1 415 555 2671 now", "call ［电话］ now"),
        ("call 0044 20 7946 0958", "call ［电话］"),
        ("call (415) 555-2671", "call ［电话］"),
        ("13800138000，13900139000", "［手机号］，［手机号］"),
        ("13800138000 13900139000", "［手机号］ ［手机号］"),
        ("2024-03-31 13800138000", "2024-03-31 ［手机号］"),
        ("(+86)13800138000", "［手机号］"),
        ("加微信v13800138000", "加微信［微信号］"),
        ("身份证110105194912310021不对", "身份证［身份证号］不对"),
        ("身份证号 110105491231002", "身份证号 ［身份证号］"),
        ("卡号6222 0212 3456 7890 123", "卡号［银行卡号］"),
        ("护照号E12345678", "护照号［证件号］"),
        ("车架号LSVAA4182E2123456", "车架号［车架号］"),
        ("车牌粤b·d12345很脏", "车牌［车牌号］很脏"),
        ("公司91350100M000100Y43", "公司［信用代码］"),
        ("微信号：abc_12345", "微信号：［微信号］"),
        ("加v abc12345", "加v ［微信号］"),
        ("ＱＱ：１２３４５６７８９", "ＱＱ：［QQ号］"),
        ("我叫张三，投诉", "我叫［姓名］，投诉"),
        ("我叫王小明电话", "我叫［姓名］电话"),
        ("联系人：欧阳小明；", "联系人：［姓名］；"),
        ("姓名:王 五", "姓名:［姓名］"),
        ("乘客姓名：LI/SI，", "乘客姓名：［姓名］，"),
        ("赵六（电话13800138000）", "［姓名］（电话［手机号］）"),
        ("My name is John Smith.", "My name is ［姓名］."),
    ],
)
def test_a_form_of_personal_data_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "订单号13800138000",
        "2024-03-31 12:05:33",
        "20240331225299481004",
        "退款13,800.00元，共3次",
        "我是老会员，我叫了三次服务员",
        "客服400-820-8820打不通",
        "航班CA1234，B12登机口，T3航站楼",
        "微信支付失败，微信app login不行",
        "iPhone 15 Pro Max 256G 8999元",
        "京A座3楼的休息室",
        "联系时间20240331",
        "号码4111111111111112",
        "",
    ],
)
def test_what_is_nobody_s_stays(text):
    assert mask(text) == text


SNIPPETS = st.sampled_from(
    ["13800138000", "我叫张三", "京A12345", "a@b.cn", "110105194912310021", "，", " ", "\n",
     "微信：", "LSVAA4182E2123456", "卡号", "6222021234567890123", "好", "\u212a", "٣"]
)  # fmt: skip


@given(st.lists(SNIPPETS | st.text(max_size=4), max_size=12).map("".join))
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)


@given(st.text(st.characters(exclude_categories=["Nd", "Lu", "Ll", "Lo"]), max_size=60))
def test_text_without_letters_and_digits_stays(text):
    assert mask(text) == text
