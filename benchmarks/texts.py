"""The texts that the reader is measured on: real ones, generated ones of the same kind, and hostile ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import yaml

from indicators.catalog import Catalog
from tools.browser import ROOT

SHARED = ROOT.parent / "shared"
"""Where the original reports lie on a machine that has them."""

_DEEDS = (
    "深入实施创新驱动发展战略",
    "加快推进产业转型升级",
    "持续优化营商环境",
    "扎实开展科技服务进园区活动",
    "不断完善科技成果转化机制",
    "着力培育新兴产业集群",
    "大力支持青年人才创新创业",
    "积极引导社会资本投向早期项目",
    "统筹推进重点领域改革",
    "健全政产学研用协同机制",
    "强化企业科技创新主体地位",
    "切实落实各项惠企政策",
    "进一步加强知识产权保护",
    "推动数字技术与实体经济深度融合",
    "全面提升公共服务水平",
    "建立健全部门联动工作机制",
    "认真总结推广典型经验",
    "广泛开展宣传培训",
)
_HEADS = (
    "载体建设成效明显",
    "创新主体不断壮大",
    "研发投入稳步增长",
    "营商环境持续优化",
    "人才队伍加快集聚",
    "下一步工作打算",
)
_NUMBER = "一二三四五六"
_STATEMENTS = (
    "{y}年，全市{a}达到{n}{u}，比上年增长{r}%。",
    "截至{y}年底，共有{a}{n}{u}，其中国家级{m}{u}。",
    "全年{a}{n}{u}，同比增长{r}%，居全省第{m}位。",
    "新增{a}{m}{u}，累计达到{n}{u}。",
    "力争到{y}年，{a}达到{n}{u}以上。",
)
_ASIDES = (
    "按照《甲市创新发展三年行动方案》（甲政发〔{y}〕{m}号）的要求，{d}，{d}。",
    "第{m}批试点单位已于{y}年{k}月{k}日前完成申报，{d}。",
    "市科技局牵头，{k}个部门参与，一是{d}，二是{d}，三是{d}。",
)


def generated(catalog: Catalog, length: int, seed: int = 3) -> str:
    """A report in the manner of local governments, about as rich in numbers as real ones, of `length` characters."""
    chance = random.Random(seed)
    named = [
        (alias, catalog.units[indicator.unit].zh)
        for indicator in catalog.indicators.values()
        for alias in (indicator.zh, *indicator.aliases)
    ]
    parts: list[str] = []
    written = 0
    while written < length:
        part = _section(chance, named)
        parts.append(part)
        written += len(part)
    return "".join(parts)[:length]


def _section(chance: random.Random, named: Sequence[tuple[str, str]]) -> str:
    lines = [f"{chance.choice(_NUMBER)}、{chance.choice(_HEADS)}"]
    for _ in range(4):
        sentences = []
        for _ in range(5):
            kind = chance.random()
            choice = _STATEMENTS if kind < 0.06 else _ASIDES if kind < 0.2 else ("{d}，{d}，{d}。",)
            sentences.append(_filled(chance.choice(choice), chance, named))
        lines.append("".join(sentences))
    return "\n".join(lines) + "\n"


def _filled(form: str, chance: random.Random, named: Sequence[tuple[str, str]]) -> str:
    alias, unit = chance.choice(named)
    while "{d}" in form:
        form = form.replace("{d}", chance.choice(_DEEDS), 1)
    rate, level = (
        round(chance.uniform(0.5, 40), 1),
        chance.choice((chance.randint(2, 3000), chance.randint(10, 99) / 10)),
    )
    words = {"y": chance.randint(2015, 2025), "a": alias, "u": unit, "n": level, "r": rate}
    return form.format(**words, m=chance.randint(1, 30), k=chance.randint(1, 12))


def real() -> Mapping[str, str]:
    """Texts by name: the digests and the golden sentences, and the originals where they are."""
    found = {
        "digests": _joined(sorted((ROOT / "data" / "reports").glob("*.md"))),
        "golden sentences": "\n".join(
            case["text"]
            for path in sorted((ROOT / "tests" / "golden" / "prose").glob("*.yml"))
            for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        ),
    }
    for name, folder in (("original reports", "reports"), ("excerpts of reports", "dev-reports")):
        if paths := sorted((SHARED / folder).glob("*.txt")):
            found[name] = _joined(paths)
    return found


def _joined(paths: Sequence[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.name != "README.md")


def repeated(text: str, length: int) -> str:
    """A text again and again, up to `length` characters."""
    return (text * (length // len(text) + 1))[:length]


def hostile(catalog: Catalog) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Name and maker (length to text) of texts that a careless reader would take long for."""
    for name, unit in _UNITS.items():
        yield name, partial(repeated, unit)
    aliases = [alias for indicator in catalog.indicators.values() for alias in (indicator.zh, *indicator.aliases)]
    for name, unit in {
        "catalogue names": "".join(aliases),
        "catalogue names in a list": "、".join(aliases) + "、",
        "catalogue names with numbers": "，".join(f"{alias}{7 * i + 3}家" for i, alias in enumerate(aliases)) + "，",
        "one catalogue name": "高新技术企业",
        "golden sentences": real()["golden sentences"],
    }.items():
        yield name, partial(repeated, unit)
    yield "no stops", lambda length: generated(catalog, length).translate(str.maketrans("。\n", "，，"))
    yield (
        "no punctuation",
        lambda length: generated(catalog, length).translate(dict.fromkeys(map(ord, "，。、\n（）〔〕"))),
    )
    yield "brackets nested to the middle", lambda length: "(" * (length // 2) + ")" * (length // 2)
    yield "brackets nested around numbers", lambda length: "（1家" * (length // 4) + "）" * (length // 4)
    yield "random ideographs", lambda length: _random(length, [chr(code) for code in range(0x4E00, 0x9FA6)])
    yield "random words of the genre", lambda length: _random(length, _SOUP.split("|"))
    yield "random signs of the genre", lambda length: _random(length, sorted(set(_SOUP)))


def _random(length: int, words: Sequence[str]) -> str:
    return "".join(random.Random(5).choices(words, k=length))[:length]


_SOUP = (
    "0|1|2|9|.|,|，|、|。|；|：|（|）|“|”|《|》|一|二|三|十|百|千|万|亿|年|月|日|%|‰|个|家|件|元|万元|亿元|个百分点|倍|成|第|位|名|"
    "高新技术企业|众创空间|孵化器|研发经费|其中|分别|均|从|由|增加到|增长|下降|比上年|同比|达到|力争|到|以上|不低于|占|全省|全市|国家级|省级|"
    "市级|新增|累计|年均|和|、|及|近|约|余|多|之|分之|百分之|至|—|-|~|/|:|"
    "　| |\n|一是|二是|（一）|一、|1.|2021|十三五|期间|底"
)
_UNITS = {
    "digits": "1234567890",
    "zeros": "0",
    "thousands separated": "1,234,",
    "digits and points": "1.2.",
    "digits and blanks": "1 ",
    "full-width digits": "１２３４５６７８９０",
    "Chinese numerals": "一二三四五六七八九十",
    "Chinese numerals with scales": "一百二十三万四千亿",
    "scales": "万亿",
    "zero ideographs": "〇",
    "half and pairs": "半两",
    "open brackets": "(",
    "open full-width brackets": "（",
    "open square brackets": "〔2021",
    "pairs of brackets": "（）",
    "brackets of four kinds": "（[〔【",
    "open quotes": "“",
    "quotes with numbers": "“1家",
    "straight quotes": '"1',
    "open titles": "《",
    "titles with numbers": "《1号",
    "list marks": "一、",
    "list marks with blanks": "（一）",
    "arabic list marks": "1、",
    "points": "1.\n",
    "is-marks": "一是二是",
    "ordinals": "第一，第二，",
    "bare ordinals": "第",
    "enumeration": "甲、",
    "numbers enumerated": "12家、",
    "bare numbers enumerated": "12、",
    "grades enumerated": "国家级3家、省级5家、",
    "headings": "一、工作\n",
    "Markdown headings": "# 甲\n",
    "hashes": "#",
    "numbered lines": "1.甲\n",
    "years": "2021年",
    "dates": "2021年1月2日",
    "spans of years": "2019年至2020年，",
    "year ideographs": "年",
    "ISO dates": "2021-01-02 ",
    "hyphens": "1-",
    "dashes": "—",
    "dashed numbers": "1—",
    "tildes": "1~",
    "ratios": "1:",
    "fractions": "1/",
    "parts": "分之",
    "hundredths": "百分之",
    "hundredths of one": "百分之一",
    "percents": "1%",
    "percent signs": "%",
    "points of percent": "1个百分点",
    "units": "家",
    "counted": "1家",
    "measure words": "个",
    "money": "1亿元",
    "letters and digits": "1a",
    "letters": "a",
    "blanks": " ",
    "full-width blanks": "　",
    "blanks and digits": "1　",
    "line ends": "\n",
    "blanks and line ends": " \n",
    "no-width": "\u200b",
    "no-width in numbers": "1\u200b",
    "pronunciations": "創(chuàng)",
    "open pronunciations": "創(ch",
    "traditional": "創新載體發展，",
    "table rows": "| 1 | 2 |\n",
    "bars": "|",
    "comparisons": "比上年",
    "growth": "增长1%，",
    "from and to": "从1家增加到2家，",
    "froms": "从1家由",
    "respectively": "分别为1家、2家、3家，",
    "of which": "其中1家，",
    "bare of which": "其中",
    "both": "均增长1%、",
    "ranks": "居第一位",
    "doubled": "翻番",
    "doubles": "翻",
    "periods": "十三五期间",
    "five-year plans": "十三五",
    "months": "前7个月",
    "last year": "去年",
    "telephones": "0427-3554789 ",
    "document numbers": "〔2021〕3号",
    "thresholds": "亿元以上",
    "targets": "力争达到",
    "requirements": "不低于1%",
    "at least": "以上",
    "semicolons": "；",
    "commas": "，",
    "stops": "。",
    "stopped numbers": "1。",
    "colons": "：",
    "apostrophes": "'",
    "surrogate pairs": "𠀀",
    "accents": "e\u0301",
    "NULs": "\x00",
    "emoji": "📈1",
}
