"""Lines of a picture fit in every script, and say all that was to be said."""

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.dashboards.class_lettering import cut, width_of, wrapped

ENGLISH = "Shares of those who agreed to be counted, each against their own usual."
CHINESE = "同意被统计者所占的比例，各自与自己的平时相比。“未显示”：人太少，或与其余的人太相似。"


def test_a_line_breaks_between_words() -> None:
    lines = list(wrapped(ENGLISH, 20))
    assert " ".join(lines) == ENGLISH
    assert max(map(width_of, lines)) <= 20


def test_chinese_breaks_between_signs_and_never_before_a_closing_one() -> None:
    lines = list(wrapped(CHINESE, 20))
    assert "".join(lines) == CHINESE
    assert len(lines) > 3
    assert not [line for line in lines if line[0] in "，。：”"]
    assert max(map(width_of, lines)) <= 22, "a closing sign may hang out"


@given(st.text(), st.integers(4, 40))
def test_nothing_is_lost(words: str, longest: int) -> None:
    assert "".join("".join(wrapped(words, longest)).split()) == "".join(words.split())


@given(st.text(), st.integers(2, 40))
def test_what_is_cut_fits(words: str, longest: int) -> None:
    assert width_of(cut(words, longest)) <= longest


def test_what_fits_is_not_cut() -> None:
    assert cut("Lab 4", 5) == "Lab 4"
    assert cut("Lab 44", 5) == "Lab…"
    assert cut("实验四", 5) == "实验…"
