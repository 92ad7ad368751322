"""Names of people where the words around them leave no doubt."""

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    "覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇魏呂盧鐘譚陸範賈韋鄒龍賀顧龔萬錢嚴湯"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|令狐|慕容|司徒|东方|端木|南宫"
_HAN = "[\u4e00-\u9fff]"
_NAME = rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{1,2}}"
_SPACED_NAME = rf"[{_SURNAMES}] {_HAN}{{1,2}}"
_END = (
    r"(?=$|[^\u4e00-\u9fff]|先生|女士|小姐|师傅|同学|电话|手机|联系|身份证|微信|邮箱|男|女"
    r"|今年|来自|是|在|住|的|于|要|想|和|与|说|反映|投诉)"
)
_LABELS = "姓名|名字|联系人|收件人|收货人|投诉人|当事人|乘车人|乘客|旅客|乘机人|车主|患者|客户|经办人"
_GUARD = re.compile(
    rf"我叫|本人|我是|名叫|名字|{_LABELS}|电话|手机|身份证|name", re.IGNORECASE
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:名字叫做?|我叫|本人叫|我是叫|名叫)\s*:?\s*(?P<name>{_NAME}?)){_END}",
        rf"(?:{_LABELS})\s*(?::|是|为|叫)\s*(?P<name>{_NAME}|{_SPACED_NAME})){_END}",
        rf"(?:{_LABELS})\s*(?::|是|为|叫)\s*(?P<name>[A-Za-z]{{2,}}[ /,][A-Za-z]{{2,}})\b",
        rf"(?:本人|我是)(?P<name>{_NAME}))(?=[,。;、\s(]|$)",
        rf"(?P<name>[{_SURNAMES}]{_HAN}{{1,2}})(?=\(?(?:电话|手机号?|身份证号?):?\s*\d)",
        r"(?i:my name is|my name's|name\s?:)\s*(?P<name>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2})",
    )
)
_NOT_NAMES = re.compile(
    "会员|客户|用户|顾客|车主|乘客|旅客|司机|员工|任何|于是|高铁|金卡|白金|方便|马上|向你"
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands after words such as 我叫 or 联系人: (half-width)."""
    if not _GUARD.search(text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _NOT_NAMES.search(match["name"]):
                yield match.span("name")
