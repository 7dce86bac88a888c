"""Lines break where they may, labels keep their distance."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from charts.layout import balanced, escape, shorten, spread, text_width, wrap

places = st.lists(st.floats(0, 400), min_size=1, max_size=25)


@given(places)
def test_labels_keep_their_distance_inside_the_plot_and_in_order(wanted: list[float]) -> None:
    found = spread(wanted, 15, 0, 400)
    gap = min(15, 400 / max(len(wanted) - 1, 1))
    ordered = sorted(found)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-6 and ordered[-1] <= 400 + 1e-6
    by_wish = [found[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])]
    assert by_wish == ordered


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 100, 300], 15, 0, 400) == [10, 100, 300]


def test_touching_labels_share_the_way() -> None:
    assert spread([100, 100], 20, 0, 400) == [90, 110]


@given(st.text(alphabet="研发经费支出R&D growth 2024，。（）", max_size=80), st.integers(60, 400))
def test_wrapping_loses_no_character(words: str, width: int) -> None:
    assert "".join(wrap(words, width, 12)).replace(" ", "") == words.replace(" ", "")


def test_lines_fit_and_do_not_begin_with_punctuation() -> None:
    words = "来源：国家统计局、科学技术部、财政部《全国科技经费投入统计公报》（2010—2024年各期），中国统计年鉴。"
    lines = wrap(words, 200, 12)
    assert all(text_width(line, 12) <= 200 + 14 for line in lines)
    assert not any(line[0] in "，。、）》" for line in lines)
    assert not any(line[-1] in "《（" for line in lines)


def test_an_address_longer_than_a_line_is_cut() -> None:
    lines = wrap("see https://www.stats.gov.cn/sj/ndsj/2011/html/U2079e.htm", 120, 11)
    assert len(lines) > 2 and all(text_width(line, 11) <= 120 for line in lines)


def test_balanced_lines_leave_no_single_character() -> None:
    assert min(map(len, balanced("技术合同成交认定登记额", 110, 11))) > 1


def test_shortening_and_escaping() -> None:
    assert text_width(shorten("新疆维吾尔自治区", 60), 12) <= 60
    assert shorten("北京", 60) == "北京"
    assert escape("R&D <b>") == "R&amp;D &lt;b&gt;"
