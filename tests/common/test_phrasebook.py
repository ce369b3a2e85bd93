"""The English page: what is known is said in English, what people wrote and what is unknown stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.phrasebook import Phrasebook, say_page

BOOK = Phrasebook(
    {
        "党建": "Party work",
        "业务": "Business",
        "保存": "Save",
        "已办结": "Settled",
        "督办": "Follow-up",
        "请 %(name)s 在 %(due)s 前办理": "%(name)s, please see to it by %(due)s",
        "{0} 项": "{0} item(s)",
        "自{0}起": "from {0}",
        "{unit}近 {days} 天有 {n} 项逾期": "{unit}: {n} overdue in the last {days} days",
        "得分率 %(rate)s%%": "%(rate)s%% of full marks",
        "{0}{1}逾期多": "{0}: many {1} overdue",
        "整改": "rectification",
        "支委会": "Branch committee meeting",
        "参加{0}": "Attend {0}",
        "评定 %(name)s": "Assess %(name)s",
        "还没有溯源,请先溯源。溯源后再办": "Not traced; trace it first. Then go on",
        "未翻译": "",
    }
)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("党建", "Party work"),
        (" 党建\n", " Party work\n"),
        ("请 王海林 在 11月25日 前办理", "王海林, please see to it by 25 Nov"),
        ("采油一站近 30 天有 2 项逾期", "采油一站: 2 overdue in the last 30 days"),
        ("3 项", "3 item(s)"),
        ("得分率 96.5%", "96.5% of full marks"),
        ("党建 · 业务", "Party work · Business"),
        ("党建:已办结", "Party work: Settled"),
        ("督办(采油一站)", "Follow-up (采油一站)"),
        ("2026年11月27日", "27 Nov 2026"),
        ("2026年11月", "Nov 2026"),
        ("11月", "Nov"),
        ("周五", "Fri"),
        ("2026年11月27日 星期五", "27 Nov 2026 Fri"),
        ("2026年9月 assessment", "Sep 2026 assessment"),
        ("2026年第13次会", "2026年第13次会"),
        ("自2026年3月起", "from Mar 2026"),
        ("未翻译", "未翻译"),
        ("采油一站", "采油一站"),
        ("采油一站的 3 项", "采油一站的 3 项"),
        ("plain", "plain"),
        ("Units: 12。", "Units: 12."),
        ("采油一站整改逾期多", "采油一站: many rectification overdue"),
        ("2026年9月支委会", "Branch committee meeting, Sep 2026"),
        ("采油一站2026年第3次支委会", "Branch committee meeting no. 3, 采油一站, 2026"),
        ("2026年第三季度督办", "Follow-up, Q3 2026"),
        ("参加2026年9月支委会", "Attend Branch committee meeting, Sep 2026"),
        ("2026年9月 采油一站", "Sep 2026 采油一站"),
        ("党建“业务”", "Party work “Business”"),
        ("请看“业务”里的事", "请看“业务”里的事"),
        ("督办 1 件", "Follow-up 1 matter"),
        (" · 党建", " · Party work"),
        ("每周五", "every Fri"),
        ("时间:2026年11月27日 星期五", "时间: 27 Nov 2026 Fri"),
        ("党建*", "Party work*"),
        ("督办:党建 → 业务", "Follow-up: Party work → Business"),
        ("评定 王海林", "Assess 王海林"),
        ("Still missing: 还没有溯源,请先溯源。溯源后再办", "Still missing: Not traced; trace it first. Then go on"),
        ("督办。还没有溯源,请先溯源。溯源后再办。", "Follow-up. Not traced; trace it first. Then go on."),
        ("It is recorded. 党建,业务", "It is recorded. Party work, Business"),
    ],
)
def test_text_is_said_in_english(chinese, english):
    assert BOOK.say(chinese) == english


@pytest.mark.parametrize(
    ("page", "english"),
    [
        ("<h1>党建</h1><p>3 项 <b>业务</b></p>", "<h1>Party work</h1><p>3 item(s) <b>Business</b></p>"),
        ('<button title="保存">保存</button>', '<button title="Save">Save</button>'),
        ('<input value="保存" placeholder="党建">', '<input value="保存" placeholder="Party work">'),
        ("<textarea>党建</textarea>", "<textarea>党建</textarea>"),
        ("<script>const a = '党建'</script><p>党建", "<script>const a = '党建'</script><p>Party work"),
        ('<p translate="no">党建 <p>业务</p> 党建</p><p>党建</p>', '<p translate="no">党建 <p>业务</p> 党建</p><p>Party work</p>'),
        ('<td data-label="业务" data-x="业务">督办</td>', '<td data-label="Business" data-x="业务">Follow-up</td>'),
        ("<p>督办(&lt;b&gt;)</p>", "<p>Follow-up (&lt;b&gt;)</p>"),
        (
            '<script type="application/json">{"name": "\\u515a\\u5efa", "role": "\\u67d0\\u4eba"}</script>',
            '<script type="application/json">{"name": "Party work", "role": "\\u67d0\\u4eba"}</script>',
        ),
        (
            '<script type="application/json">["\\u515a\\u5efa<"]</script>',
            '<script type="application/json">["\\u515a\\u5efa\\u003C"]</script>',
        ),
        ("<p>Basis:党建文件 Basis:One</p>", "<p>Basis: 党建文件 Basis: One</p>"),
        ("<!-- 党建 -->党建", "<!-- 党建 -->Party work"),
    ],
)
def test_page_is_said_in_english(page, english):
    assert say_page(page, BOOK.say) == english


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        '<i translate="no">',
        "</i>",
        "<br>",
        "<textarea>",
        "</textarea>",
        "党建",
        "督办(某人)",
        "3 项",
        " x ",
        "&lt;script&gt;",
        "<script>",
        "</script>",
    ]
)


@given(st.lists(PIECES))
def test_tags_stand_as_they_stood(pieces):
    page = "".join(pieces)
    said = say_page(page, BOOK.say)
    assert [one for one in said if one in "<>"] == [one for one in page if one in "<>"]
    assert say_page(page, lambda text: text) == page


@given(st.text(alphabet="党建业务督办3 项(),·采油<&\"'", max_size=30))
def test_what_stands_in_a_text_never_becomes_a_tag(text):
    from django.utils.html import conditional_escape

    page = f"<p>{conditional_escape(text)}</p>"
    assert say_page(page, BOOK.say).count("<") == 2
