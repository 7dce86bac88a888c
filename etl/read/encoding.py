"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030 (with GBK and GB2312) and Big5, never guessed in silence.

UTF-8 and the marks of UTF-16 are certain. Between GB18030 and Big5, each of which can decode much of the other's bytes
into nonsense, the text decides: each character speaks for or against ordinary Chinese prose, by classes of frequency
(the most common characters, the first level of GB 2312, its second level, all others; traditional characters count as
their simplified forms). A decoding is taken when its text is convincing and the other's clearly less so.
"""

from __future__ import annotations

import re
from itertools import islice

from etl.clean import fold
from indicators.errors import Problem, SourceError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Decoders tried in turn: for Big5 the common extension with a few characters more (恒, 裏), then Hong Kong's.
_FAMILIES = {"gb18030": ("gb18030",), "big5": ("cp950", "big5hkscs")}
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5",
    "x-x-big5": "big5",
}
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SAMPLE = 200_000  # bytes: enough to tell by
_CONVINCING = 0.7  # mean weight of a character; prose has about 1.5, wrongly decoded prose less than 0
_CLEARER = 3.0  # by so much the summed weight must exceed the other decoding's
_COMMON, _FIRST, _SECOND, _MARK, _ODD, _STRANGE, _IMPOSSIBLE = 2.0, 0.5, -1.5, 1.0, -2.0, -3.0, -8.0
_MARKS_IN_PROSE = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％％℃㎡×→①②③④⑤⑥⑦⑧⑨⑩「」『』　※●■◆○□△▲★☆")
_COMMON_CHARACTERS = frozenset(
    "一万三上下不与专且世业东两个中为主么义之乌也乡书了予争事二于互五些交产享人亿什今从他代令以们件价任企众优会传"
    "估但位低住体何作你使供依便促保信候值做健像儿元充先光克免党入全公共关兴其具养内再军农决况准减几出分切划则创利"
    "别到制前力办功加务动助励势化北区十升华协单南即却原去县参又及双反发取受变口只可台号司各合同名后向听告员命和品"
    "哈商善器四回因团园围国土在地场均坚型城域培基境增士壮声处备外多大天太头奖套女好如委子存学孵宁它安完定实审客宣"
    "室家容宽富对导将小少尔就局层居展属山州工己已市布师带帮常干平年并广应府度建开式引张强当形彻很得微德心必快态思"
    "性总息情惠想意感成我或战户所手才打托执扶批技把抓投护报押担拉拓持指按挥据探接推措提撑支收改放政效教数整文料断"
    "斯新方施无日时明是智更最月有服望期木未本术机权材村条来极构果查标校样核格案检模次款正此步死比民气水求汇江没治"
    "法注活流济海深清渠源激点然照版牌物特率王环现理生用由申电界略登白的益监盘目直相省看真眼着知研破础确示社神种科"
    "积移程税究空突立站竞端第等策简算管类精系素索紧级纳线组织经结给统续维综绿缺网置美群老者而职联聚育能自至色节范"
    "获营落融行补表被装西要见观规觉解计认让训记许论设证评识试话该说请调象负财责质贯贷费资走起超路身转载较边辽达过"
    "运返还这进退选通速造道那部都配里重量金银键长门问间队际降限院险障难集需青非面革项领题额风首马驱驻验高鼓龙"
)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's head names, in lower case; None without one."""
    match = _CHARSET.search(data[:_HEAD])
    return match[1].decode("ascii").lower() if match else None


_HEAD = 4096


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of a file; a mark of order at its beginning is left out.

    Args:
        where: The file's place for messages.
        declared: The encoding that the file claims; believed where the text is as convincing in it.
    Raises:
        SourceError: `not_text` for NUL and many control characters, `unknown_encoding` where no decoding is convincing.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data, name, where), where)
    try:
        return _checked(data.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        fault = error.start
    _refuse(data.find(b"\0"), where)
    if _mostly_utf8(data):
        raise _unknown(fault, where)
    return _by_plausibility(data, fault, where, _DECLARED.get((declared or "").lower()))


def _strictly(data: bytes, name: str, where: str) -> str:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _unknown(error.start, where) from error


def _checked(text: str, where: str) -> str:
    """The text, when it is one: no NUL, and next to no other control characters, of which damage may leave a few."""
    _refuse(text.find("\0"), where)
    few = 2 + len(text) // 50
    controls = [match.start() for match in islice(_CONTROLS.finditer(text), few + 1)]
    if len(controls) > few:
        _refuse(controls[0], where)
    return text


def _refuse(place: int, where: str) -> None:
    if place >= 0:
        raise SourceError(Problem("not_text", where, params={"byte": str(place)}, source_id=where))


def _unknown(byte: int, where: str) -> SourceError:
    return SourceError(Problem("unknown_encoding", where, params={"byte": str(byte)}, source_id=where))


def _mostly_utf8(data: bytes) -> bool:
    """Whether the text is UTF-8 but for some damage: most bytes beyond ASCII are parts of three-byte characters."""
    head = data[:_SAMPLE]
    beyond = len(re.findall(rb"[\x80-\xff]", head))
    return len(re.findall("[\u0800-\uffff]", head.decode("utf-8", "ignore"))) * 3 > 0.7 * beyond


def _by_plausibility(data: bytes, fault: int, where: str, declared: str | None) -> str:
    texts = {family: text for family, names in _FAMILIES.items() if (text := _first(data, names)) is not None}
    sums = {family: _weigh(text) for family, text in texts.items()}
    best = sorted(texts, key=lambda family: (-sums[family][0], family))
    if declared in texts and sums[declared][0] >= sums[best[0]][0] - _CLEARER:
        best = [declared]
    if not best or sums[best[0]][1] < _CONVINCING:
        raise _unknown(fault, where)
    if len(best) > 1 and sums[best[0]][0] - sums[best[1]][0] < _CLEARER:
        raise _unknown(fault, where)
    return texts[best[0]]


def _first(data: bytes, names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _weigh(text: str) -> tuple[float, float]:
    """Summed and mean weight of the characters beyond ASCII."""
    sample = "".join(re.findall(r"[^\x09\x0a\x0d\x20-\x7e]", text[:_SAMPLE]))
    folded = fold(sample).text
    weights = [_weight(character) for character in folded]
    return sum(weights), sum(weights) / max(len(weights), 1)


def _weight(character: str) -> float:
    if character in _COMMON_CHARACTERS:
        return _COMMON
    if character.isascii() or character in _MARKS_IN_PROSE:
        return _MARK if character >= " " else _IMPOSSIBLE
    if "\u4e00" <= character <= "\u9fff":
        try:
            lead = character.encode("gb2312")[0]
        except UnicodeEncodeError:
            return _STRANGE
        return _FIRST if lead < 0xD8 else _SECOND
    if "\ue000" <= character <= "\uf8ff" or "\x80" <= character < "\xa0" or character == "\ufffd":
        return _IMPOSSIBLE
    return _ODD
