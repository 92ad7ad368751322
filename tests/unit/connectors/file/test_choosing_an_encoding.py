"""BOM, then the declaration, then strict UTF-8, then strict GB18030, else by row."""

import codecs
import io
import random

import pytest

from huixiang.connectors.file.encoding import (
    Encoding,
    check_declared,
    choose_encoding,
    decoder_for,
    plain_line_ends,
)
from huixiang.connectors.file.lines import read_lines
from huixiang.errors import ConfigurationError, UndecodableFile

TEXT = "编号,内容\n1,登机口换了三次也没有人说一声\n"
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"


def text_of(data, declared="auto"):
    return "".join(line.text for line in lines_of(data, declared))


def lines_of(data, declared="auto"):
    stream = io.BytesIO(data)
    encoding = choose_encoding(stream, declared)
    with plain_line_ends(stream, encoding) as plain:
        return list(read_lines(plain, decoder_for(encoding)))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with bom", "gb18030", "gbk", "utf-16-le", "utf-16-be"],
)
def test_every_usual_encoding_gives_the_same_words(data):
    assert text_of(data) == TEXT


@pytest.mark.parametrize("declared", ["utf-16-le", "big5", "gb2312", "shift_jis"])
def test_a_declared_encoding_is_used_as_declared(declared):
    text = "id,text\n1,登機口\n" if declared != "gb2312" else "id,text\n1,登机口\n"
    assert text_of(text.encode(declared), declared) == text


def test_short_gb18030_texts_are_told_from_utf8_without_guessing():
    rng = random.Random(7)
    texts = ["".join(rng.choices(COMMON, k=8)) + "\n" for _ in range(2_400)]
    wrong = [
        text
        for text in texts
        if text_of(text.encode("gb18030")) != text
        or text_of(text.encode("utf-8")) != text
    ]
    assert wrong == []


def test_one_damaged_byte_does_not_turn_a_utf8_file_into_other_characters():
    damaged = bytearray("服务很好\n排队太久了\n".encode())
    damaged[4] = 0xC0  # the whole file is still well-formed GB18030
    lines = lines_of(bytes(damaged))
    assert [line.problem is None for line in lines] == [False, True]
    assert lines[1].text == "排队太久了\n"


def test_in_a_mixed_file_each_row_is_decoded_on_its_own():
    data = "值机很快\n".encode() + "行李丢了没人管\n".encode("gb18030") + b"\xff\xff\n"
    lines = lines_of(data + "咖啡很好喝，谢谢各位\n".encode())
    assert [line.text for line in lines if line.problem is None] == [
        "值机很快\n",
        "行李丢了没人管\n",
        "咖啡很好喝，谢谢各位\n",
    ]
    assert [line.number for line in lines if line.problem is not None] == [3]


def test_carriage_returns_alone_end_lines_too():
    assert text_of(b"id,text\r1,a\r") == "id,text\n1,a\n"


def test_utf16_without_a_mark_is_refused_with_what_to_write():
    with pytest.raises(UndecodableFile, match="utf-16-le"):
        choose_encoding(io.BytesIO("id,text\n".encode("utf-16-le")))


def test_an_unknown_encoding_is_a_mistake_in_the_configuration():
    with pytest.raises(ConfigurationError, match="'gbbk'"):
        check_declared("gbbk", "calls")


def test_wide_encodings_know_it():
    assert Encoding(codec="utf-16").has_wide_line_ends
    assert not Encoding(codec="gb18030").has_wide_line_ends


def test_what_is_shown_of_an_undecodable_row_is_in_the_file_s_own_encoding():
    data = "编号,内容\n1,三号航站楼".encode("gb18030") + b"\xff\xff\n"
    damaged = lines_of(data, "gb18030")[1]
    assert damaged.problem == "undecodable: byte 13 of the line"
    assert damaged.text.startswith("1,三号航站楼")


@pytest.mark.parametrize(
    ("declared", "really"), [("gbk", "utf-8"), ("big5", "utf-8"), ("utf-8", "gb18030")]
)
def test_a_wrong_declaration_is_refused_before_it_garbles_anything(declared, really):
    with pytest.raises(UndecodableFile, match=f"it is {really}, not"):
        choose_encoding(io.BytesIO(TEXT.encode(really)), declared)


@pytest.mark.parametrize("declared", ["utf-8", "gb18030", "cp1252"])
def test_plain_ascii_fits_every_declaration(declared):
    assert text_of(b"id,text\n1,late again\n", declared) == "id,text\n1,late again\n"
