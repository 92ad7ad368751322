"""What personal numbers look like, and what must stand before or check in them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from huixiang.intake import numbers

FLAGS = re.IGNORECASE | re.ASCII

Accept = Callable[[str, str], bool]
"""Takes what matched and the text before it."""


class PersonalKind(NamedTuple):
    """One form of one kind of personal data."""

    pattern: re.Pattern[str]
    mark: str
    accept: Accept


class Group(NamedTuple):
    """Kinds that are only looked for where `guard` finds something."""

    guard: re.Pattern[str]
    kinds: tuple[PersonalKind, ...]


N_CONTEXT = 16
"""Characters before a match that may say what it is."""

_NOT_A_PERSON = re.compile(
    r"(?:订单|工单|运单|快递|物流|流水|票|单据|发票|交易|受理|案件|投诉|编|序列|单|批次|航班|会员"
    r"|行李|预约|积分|货|order|ticket|case|ref|no)"
    r"\s*(?:编)?(?:号码|号|码|编号)?\s*(?:是|为)?\s*[.#:]?\s*$",
    FLAGS,
)
_CARD_WORD = re.compile(
    r"(?:银行卡|储蓄卡|信用卡|借记卡|卡号|账号|账户|帐号|帐户|card)[^\d]{0,8}$", FLAGS
)
_ID_WORD = re.compile(r"(?:身份证|证件|id\s?card)[^\d]{0,8}$", FLAGS)
_PHONE_WORD = re.compile(
    r"(?:电话|手机|座机|联系|致电|回电|拨打|tel|phone|mobile|call)[^\d]{0,8}$", FLAGS
)
_VIN_WORD = re.compile(r"(?:车架|vin|识别代?[号码])[^A-Za-z0-9]{0,8}$", FLAGS)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _always(match: str, before: str) -> bool:
    return True


def _is_phone(match: str, before: str) -> bool:
    return not _NOT_A_PERSON.search(before)


def _is_local_phone(match: str, before: str) -> bool:
    is_date = numbers.has_birth_date(_digits(match))
    return not is_date and bool(_PHONE_WORD.search(before))


def _is_id_card(match: str, before: str) -> bool:
    number = re.sub(r"[^\dX]", "", match.upper())
    if numbers.is_id_card(number):
        return True
    return bool(_ID_WORD.search(before)) and numbers.has_birth_date(number[6:14])


def _is_old_id_card(match: str, before: str) -> bool:
    born = "19" + match[6:12]
    return bool(_ID_WORD.search(before)) and numbers.has_birth_date(born)


def _is_card(match: str, before: str) -> bool:
    if _NOT_A_PERSON.search(before):
        return False
    return bool(_CARD_WORD.search(before)) or numbers.is_card_number(_digits(match))


def _is_vin(match: str, before: str) -> bool:
    code = match.upper()
    if code.isdigit() or code.isalpha():
        return False
    return bool(_VIN_WORD.search(before)) or numbers.is_vin(code)


def _is_uscc(match: str, before: str) -> bool:
    return numbers.is_uscc(match.upper())


def _is_plate(match: str, before: str) -> bool:
    return sum(character.isdigit() for character in match) > 1


_S = r"[ .\-·_/]?"  # one separator
_NOT_AFTER = r"(?<![\dA-Za-z])(?<!\d\.)"
_NOT_BEFORE = r"(?![\dA-Za-z])(?!\.\d)"

_EMAIL = (
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+%-]{0,63} ?@ ?"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_ID_CARD = (
    rf"{_NOT_AFTER}[1-9]\d{{5}}{_S}(?:19|20)\d{{2}}{_S}\d{{2}}{_S}\d{{2}}{_S}\d{{3}}"
    rf"{_S}[\dX]{_NOT_BEFORE}"
)
_OLD_ID_CARD = rf"{_NOT_AFTER}[1-9]\d{{14}}{_NOT_BEFORE}"
_CALLED = (
    r"(?<=tel)|(?<=phone)|(?<=mob)|(?<=mobile)|(?<=call)|(?<=vx)|(?<=v)|(?<=wx)|(?<=q)"
)
_MOBILE = (
    rf"(?:(?<![\dA-Za-z])|{_CALLED})(?<!\d\.)(?:\(?(?:\+|00)?86\)?{_S})?"
    rf"1[3-9](?:\d{_S}\d{{4}}{_S}\d{{4}}|\d{{2}}{_S}\d{{3}}{_S}\d{{4}}"
    rf"|\d{_S}\d{{3}}{_S}\d{{5}}|\d{_S}\d{{8}})(?!\d)(?!\.\d)"
)
_SPACED_MOBILE = r"(?<!\d)1(?P<s>[ \-.])[3-9](?:(?P=s)\d){9}(?!(?P=s)?\d)"
_CARD = (
    rf"{_NOT_AFTER}\d{{4}}(?P<s>[ \-])\d{{4}}(?:(?P=s)\d{{4}}){{1,2}}"
    rf"(?:(?P=s)\d{{1,4}})?{_NOT_BEFORE}"
)
_PLAIN_CARD = rf"{_NOT_AFTER}\d{{13,19}}{_NOT_BEFORE}"
_SHORT_CARD = rf"{_NOT_AFTER}3\d{{3}}[ \-]\d{{6}}[ \-]\d{{4,5}}{_NOT_BEFORE}"
_CITY = r"(?:10|2\d|[3-9]\d{2})"
_LANDLINE = (
    rf"{_NOT_AFTER}(?<!\d-)(?:(?:\+|00)86{_S}0?{_CITY}|0{_CITY}|\(0{_CITY}\)){_S}"
    rf"[2-9]\d{{2,3}}{_S}\d{{4}}(?:\s?(?:转|-|ext\.?)\s?\d{{1,6}})?{_NOT_BEFORE}"
)
_FOREIGN_PHONE = (
    r"(?<![\w+])(?:\+|00(?=[1-9]\d{0,2}[ \-]))[1-9]\d{0,2}"
    rf"{_S}\(?\d{{1,4}}\)?(?:{_S}\d{{2,4}}){{2,4}}{_NOT_BEFORE}"
    rf"|\([2-9]\d{{2}}\) ?\d{{3}}-\d{{4}}{_NOT_BEFORE}"
)
_LOCAL_PHONE = rf"{_NOT_AFTER}[2-9]\d{{3}}{_S}\d{{4}}{_NOT_BEFORE}"
_PASSPORT = r"护照[^\dA-Z]{0,8}(?P<core>[A-Z]{1,2}\d{7,8})(?![A-Z0-9])"
_PERMIT = r"通行证[^\dA-Z]{0,8}(?P<core>[A-Z]\d{8,10})(?![A-Z0-9])"
_VIN = r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])"
_USCC = r"(?<![A-Z0-9])[159Y][1-9A-GY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Z0-9])"
_PLATE_START = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
)
_PLATE = (
    rf"{_PLATE_START}[·\- .•]?(?:[A-HJ-NP-Z0-9]{{6}}"
    r"|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领])(?![A-Z0-9])"
)
_ID_LABEL = (
    r"\s*(?:(?:号码|号|id|账号)\s*(?:是|为)?\s*:?|(?:是|为|同号)?\s*:|(?:是|为))\s*"
)
_WECHAT = (
    r"(?:微信|薇信|威信|wechat|weixin|加v|(?<![A-Z])(?:vx|wx|v))"
    rf"{_ID_LABEL}(?P<core>[A-Z][\w\-]{{5,19}})"
)
_BARE_WECHAT = r"(?:微信|薇信|威信|加v|(?<![A-Z])(?:vx|wx))\s*(?P<core>(?=[A-Z\-_]*\d)[A-Z][\w\-]{5,19})"
_QQ = (
    r"(?:(?<![A-Z])qq|扣扣|企鹅)群?\s*(?:号码|号)?\s*(?:是|为|同号|就是)?\s*:?\s*"
    r"(?P<core>[1-9]\d{4,10})(?!\d)"
)


def _kind(pattern: str, mark: str, accept: Accept = _always) -> PersonalKind:
    return PersonalKind(re.compile(pattern, FLAGS), mark, accept)


def _guard(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, FLAGS)


GROUPS = (
    Group(_guard("@"), (_kind(_EMAIL, "［邮箱］"),)),
    Group(
        _guard(r"\d(?:[ .\-·_/()]{0,2}\d){6}"),
        (
            _kind(_ID_CARD, "［身份证号］", _is_id_card),
            _kind(_OLD_ID_CARD, "［身份证号］", _is_old_id_card),
            _kind(_MOBILE, "［手机号］", _is_phone),
            _kind(_SPACED_MOBILE, "［手机号］", _is_phone),
            _kind(_CARD, "［银行卡号］", _is_card),
            _kind(_PLAIN_CARD, "［银行卡号］", _is_card),
            _kind(_SHORT_CARD, "［银行卡号］", _is_card),
            _kind(_LANDLINE, "［固定电话］", _is_phone),
            _kind(_FOREIGN_PHONE, "［电话］", _is_phone),
            _kind(_LOCAL_PHONE, "［固定电话］", _is_local_phone),
        ),
    ),
    Group(
        _guard(r"[A-Z0-9]{17}"),
        (_kind(_USCC, "［信用代码］", _is_uscc), _kind(_VIN, "［车架号］", _is_vin)),
    ),
    Group(_guard(_PLATE_START), (_kind(_PLATE, "［车牌号］", _is_plate),)),
    Group(
        _guard("护照|通行证"),
        (_kind(_PASSPORT, "［证件号］"), _kind(_PERMIT, "［证件号］")),
    ),
    Group(
        _guard(r"微信|薇信|威信|wechat|weixin|vx|wx|加v|v\s?:"),
        (_kind(_WECHAT, "［微信号］"), _kind(_BARE_WECHAT, "［微信号］")),
    ),
    Group(_guard("qq|扣扣|企鹅"), (_kind(_QQ, "［QQ号］"),)),
)
"""Where two overlap, the one that begins first wins, then the longer, then this order."""
