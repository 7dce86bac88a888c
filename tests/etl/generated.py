"""Generated reports: invented phrases with random numbers in them, the same text for the same seed.

Every kind of number that reports print is here, well printed and damaged as web sites damage it: digits of both widths, separators,
Chinese numerals, dates, document numbers, ranges, ratios, brackets, headings, page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

SHORTEST, LONGEST = 200, 600
# What a placeholder puts in is one number or several with words between; each of these runs is one number.
_RUN = re.compile(
    r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?"
    r"|[0-9０-９]+(?:[.．][0-9０-９]+)?"
    r"|[〇零一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DIGITS, _FULL = "0123456789", "０１２３４５６７８９"
_NUMERALS = "零一二三四五六七八九"
_COUNTERS = "家个项件名户期"
_TRADITIONAL = str.maketrans("业创术万亿个项众发办团队区计划关书员实验", "業創術萬億個項眾發辦團隊區計劃關書員實驗")
_PRONUNCIATIONS = {
    "业": "業(yè)",
    "创": "創(chuàng)",
    "环": "環(huán)",
    "节": "節(jié)",
    "发": "發(fā)",
    "执": "執(zhí)",
}

_PHRASES = (
    "截至目前，全市有高新技术企业{count}，其中国家级{count}、省级{count}。",
    "{year}，全县研发经费支出{money}，比上年增长{percent}，占地区生产总值的{percent}。",
    "全市众创空间、孵化器分别达到{count}、{count}，入驻团队{count}。",
    "科技型中小企业由{count}增加到{count}，年均增长{percent}。",
    "技术合同成交额{money}，居全省第{ordinal}位，较{year}增长{times}。",
    "企业开办时间压缩至{range}个工作日，审批时限压减{fraction}以上。",
    "三次产业结构调整为{ratio}。",
    "培训学员{people}（其中返乡农民工{people}），带动就业{people}。",
    "根据《甲省促进创业办法》（甲政发{document}号）精神，制定{number}项措施。",
    "会议于{date}召开，{clock}结束，联系电话：{phone}。",
    "到{year}，力争高新技术产业增加值占比达到{percent}，提高{points}。",
    "规模以上工业增加值、固定资产投资分别增长{decimal}%、{percent}，高于全省{points}。",
    "第{ordinal}届双创周期间，参赛项目{count}，签约{money}。",
    "新建5G基站{count}，{number}A级景区{count}，投资{money}以上项目{count}。",
    "发放创业担保贷款{money}，减税降费{money}左右，惠及企业近{count}。",
    "“十四五”以来，累计选派科技特派员{people}，建成孵化面积{area}。",
    "市委{numeral}届{numeral}次全会以来，实施“{number}+N”工程，推进“{numeral}个一批”。",
    "专利授权量{count}，每万人口发明专利拥有量{decimal}件，提升{ordinal}位。",
    "对首次认定的企业给予{range}万元奖励，补助不超过{money}。",
    "完成年度目标的{percent}，下降{percent}，为{year}的{times}。",
    "进一步统一思想，一以贯之抓落实，形成一批可复制的经验。",
    "入孵企业存活率{percent}，毕业企业{count}，从业人员近{tenths}为本科以上学历。",
)
_HEADINGS = (
    "{numeral}、工作开展情况",
    "（{numeral}）强化企业主体地位",
    "{number}.完善政策体系",
    "## {numeral}、下一步打算",
    "发布时间：{stamp} 浏览次数：{number}",
    "— {number} —",
    "附件{number}：统计表",
    "网站标识码：{phone}",
)


@dataclass(frozen=True, slots=True)
class Generated:
    """A text and the numbers that were put into it, in its order: half-open spans, and the placeholder that each came from."""

    text: str
    numbers: tuple[tuple[int, int], ...]
    origins: tuple[str, ...]


def generated(seed: int) -> Generated:
    """The text of a seed, of about SHORTEST to LONGEST characters, in lines that are headings or a few sentences."""
    rng = Random(seed)
    damage = rng.choice((_as_it_is, _as_it_is, _traditional, _pronounced, _spaced))
    wanted = rng.randint(SHORTEST, LONGEST)
    parts: list[str] = []
    numbers: list[tuple[int, int]] = []
    origins: list[str] = []
    length = 0
    while length < wanted:
        line = rng.choice(_HEADINGS) if rng.random() < 0.15 else "".join(rng.sample(_PHRASES, rng.randint(1, 3)))
        for piece, origin in _filled(line + "\n", rng, damage):
            for run in _RUN.finditer(piece) if origin else ():
                numbers.append((length + run.start(), length + run.end()))
                origins.append(origin)
            parts.append(piece)
            length += len(piece)
    return Generated("".join(parts), tuple(numbers), tuple(origins))


def _filled(line: str, rng: Random, damage: Callable[[str, Random], str]) -> list[tuple[str, str]]:
    """The line's pieces in order, each with the placeholder that it was put in for, or none; only those without are damaged."""
    pieces = []
    for index, piece in enumerate(_PLACEHOLDER.split(line)):
        pieces.append((_MAKERS[piece](rng), piece) if index % 2 else (damage(piece, rng), ""))
    return pieces


def _as_it_is(text: str, rng: Random) -> str:
    return text


def _traditional(text: str, rng: Random) -> str:
    return text.translate(_TRADITIONAL)


def _pronounced(text: str, rng: Random) -> str:
    """Traditional characters, some with the pronunciation that a site left behind them."""
    return "".join(_PRONUNCIATIONS[sign] if sign in _PRONUNCIATIONS and rng.random() < 0.7 else sign for sign in text)


def _spaced(text: str, rng: Random) -> str:
    """Blanks where a piece meets the numbers beside it."""
    blank = rng.choice((" ", "\u00a0", "\u3000", "  "))
    return text if text.endswith("\n") else text + blank


def numeral(value: int) -> str:
    """A whole number below 100 million in Chinese numerals, as it is said: 12 → 十二, 1206 → 一千二百零六."""
    if value >= 10_000:
        rest = value % 10_000
        joint = "零" if 0 < rest < 1000 else ""
        return numeral(value // 10_000) + "万" + (joint + numeral(rest) if rest else "")
    said = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += _NUMERALS[digit] + name
        elif said and value % place:
            said += "" if said.endswith("零") else "零"
    return (said[1:] if 10 <= value < 20 else said) or "零"


def _digits(rng: Random) -> str:
    """A whole number in digits: plain, with separators, or of full width."""
    value = int(10 ** rng.uniform(0, 5))
    form = rng.random()
    if form < 0.15:
        return f"{value:,}"
    if form < 0.3:
        return str(value).translate(str.maketrans(_DIGITS, _FULL))
    return str(value)


def _decimal(rng: Random) -> str:
    printed = f"{rng.uniform(0, 500):.{rng.randint(1, 2)}f}"
    if rng.random() < 0.2:
        return printed.translate(str.maketrans(_DIGITS + ".", _FULL + "．"))
    return printed


def _whole(rng: Random) -> str:
    """A whole number in digits or Chinese numerals."""
    return numeral(int(10 ** rng.uniform(0, 4.5))) if rng.random() < 0.3 else _digits(rng)


def _count(rng: Random) -> str:
    multiple = rng.choice(("", "", "", "余", "多", "万", "万余"))
    blank = " " if rng.random() < 0.15 else ""
    amount = f"{rng.randint(1, 9)}.{rng.randint(1, 99)}" if "万" in multiple else _whole(rng)
    return f"{amount}{multiple}{blank}{rng.choice(_COUNTERS)}"


def _percent(rng: Random) -> str:
    if rng.random() < 0.2:
        return f"百分之{numeral(rng.randint(1, 99))}" + (f"点{rng.choice(_NUMERALS[1:])}" if rng.random() < 0.5 else "")
    return _decimal(rng) + rng.choice(("%", "％", " %"))


def _range(rng: Random) -> str:
    low = rng.randint(1, 40)
    return f"{low}{rng.choice('—-－～~至')}{low + rng.randint(1, 9)}"


def _ratio(rng: Random) -> str:
    first, second = rng.uniform(1, 30), rng.uniform(20, 45)
    return rng.choice(":∶：").join(f"{share:.1f}" for share in (first, second, 100 - first - second))


def _year(rng: Random) -> str:
    year = rng.randint(2009, 2030)
    if rng.random() < 0.15:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year)) + "年"
    return f"{year}{rng.choice(('', ' '))}年"


def _date(rng: Random) -> str:
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    if rng.random() < 0.2:
        return f"{numeral(month)}月{numeral(day)}日"
    return f"{_year(rng)}{month}月{day}日"


def _document(rng: Random) -> str:
    left, right = rng.choice(("〔〕", "[]", "（）", "【】", "()"))
    return f"{left}{rng.randint(2009, 2025)}{right}{rng.randint(1, 300)}"


_MAKERS: dict[str, Callable[[Random], str]] = {
    "count": _count,
    "number": lambda rng: str(rng.randint(1, 60)),
    "numeral": lambda rng: numeral(rng.randint(1, 20)),
    "ordinal": lambda rng: numeral(rng.randint(1, 31)) if rng.random() < 0.4 else str(rng.randint(1, 31)),
    "decimal": _decimal,
    "percent": _percent,
    "points": lambda rng: f"{rng.uniform(0.1, 9):.1f}个百分点",
    "money": lambda rng: f"{_decimal(rng)}{rng.choice(('亿元', '万元', ' 万元', '万亿元', '余万元'))}",
    "people": lambda rng: f"{_whole(rng)}{rng.choice(('人', '名', '余人', '多人', '人次'))}",
    "area": lambda rng: f"{_decimal(rng)}{rng.choice(('万平方米', '平方米', ' 万平方米'))}",
    "times": lambda rng: f"{rng.uniform(1, 9):.1f}倍" if rng.random() < 0.7 else rng.choice(("两倍", "三倍", "一倍")),
    "tenths": lambda rng: f"{rng.choice(_NUMERALS[2:])}成",
    "fraction": lambda rng: rng.choice(("1/3", "1/2", "三分之一", "四分之三", "2/3")),
    "range": _range,
    "ratio": _ratio,
    "year": _year,
    "date": _date,
    "document": _document,
    "clock": lambda rng: f"{rng.randint(8, 18)}:{rng.randint(10, 59)}",
    "stamp": lambda rng: (
        f"{rng.randint(2015, 2025)}-{rng.randint(10, 12)}-{rng.randint(10, 28)} 09:{rng.randint(10, 59)}"
    ),
    "phone": lambda rng: f"0{rng.randint(100, 999)}-{rng.randint(2_000_000, 8_999_999)}",
}
