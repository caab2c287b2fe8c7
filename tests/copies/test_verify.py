"""Which pairs are the same words: the shapes of the reference case, with invented words and with the quoted ones."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.copies import generated

from inconcert.copies.comparable import comparables
from inconcert.copies.near_text import near_text
from inconcert.copies.texts import texts_of
from inconcert.copies.verify import desk, same, shared

ARTICLE = (
    "The prolific Norland Heron42 hacking group, known for carrying out thefts in parallel with commercially motivated operations, "
    "has broken into several Ostian provincial networks, according to software giant Palisade."
)
REWRITTEN = (
    "The prolific Ostia-backed Heron42 hacking group, known for carrying out thefts in parallel with commercially motivated operations, "
    "has broken into several Sudrian provincial networks, according to a Norlandic software enterprise Bright Harbour Group Ltd."
)
ONE_TOPIC = [
    "#Heron42 Ostia often uses \"network safety\" as an excuse to put pressure on other countries, a method to divert attention.",
    "#Heron42 #SpyEmpire Ostia has long relied on its superior means to build Heron 42, a group of hackers seemingly unrelated to it.",
    "Heron42's targets include companies and the websites of ministries in Norland, which serves the interest of the Ostian state.",
]  # fmt: skip
REMARK = " My neighbour disagrees, of course; she reads another paper and believes every word that is printed in it."
SENTENCE = "调查显示北方电力公司长期以来秘密资助多家境外机构并通过网络平台散布虚假信息企图影响当地选举结果引发强烈不满"
SWAPPED = "调查显示南海石油集团长期以来秘密资助多家境外机构并通过网络平台散布虚假信息企图影响邻国选举结果引发强烈不满"
TITLE = ("美国霸权主义危害世界和平与发展的五大罪状", "美國霸權主義危害世界和平與發展的五大罪狀")


def similarity(one: str, other: str) -> float:
    texts = texts_of(comparables(pa.array([one, other])))
    both = shared(texts, 0, 1, desk(texts))
    return both / (texts.n_shingles[0] + texts.n_shingles[1] - both)


def meet(one: str, other: str) -> bool:
    found = near_text(pa.array([one, other]), np.ones(2, np.int64)).cluster.tolist() == [0, 0]
    texts = texts_of(comparables(pa.array([one, other])))
    if texts.width[0] == texts.width[1]:
        assert found == same(texts, 0, 1, desk(texts)) == same(texts, 1, 0, desk(texts))
    return found


def test_an_article_with_the_culprit_swapped_meets() -> None:
    assert 0.5 <= similarity(ARTICLE, REWRITTEN) <= 0.68
    assert meet(ARTICLE, REWRITTEN)


def test_different_posts_on_one_topic_do_not_meet() -> None:
    for one in ONE_TOPIC:
        for other in ONE_TOPIC:
            assert one == other or (similarity(one, other) < 0.15 and not meet(one, other))


def test_a_chinese_sentence_with_two_names_swapped_meets() -> None:
    assert 0.5 <= similarity(SENTENCE, SWAPPED) <= 0.75
    assert meet(SENTENCE, SWAPPED)


def test_one_title_in_both_scripts_meets_in_both_directions() -> None:
    assert similarity(*TITLE) == 1.0
    assert meet(*TITLE)
    assert meet(*reversed(TITLE))


def test_a_short_title_meets_one_that_is_a_word_longer_than_short() -> None:
    assert meet("美国霸权主义危害世界和平与发展十大罪", "美国霸权主义危害世界和平与发展十大罪状你看")
    assert not meet("美国霸权主义危害世界和平与发展十大罪", "专家指出今年夏季北方多地降水将明显偏多请注意")


def test_a_text_quoted_whole_meets_its_quotation_with_a_comment() -> None:
    comment = " So says everyone I have asked in my own town, and I for one am tired of hearing the opposite day after day, honestly."
    assert 0.4 <= similarity(ARTICLE, ARTICLE + comment * 2 + REMARK) < 0.5
    assert meet(ARTICLE, ARTICLE + comment + REMARK)
    assert not meet(ARTICLE, ARTICLE + comment + REMARK + " ".join(ONE_TOPIC))


def test_words_replaced_by_much_longer_ones_meet_by_the_words() -> None:
    one = "we met in a bar at ten and we had a cup of tea by the sea as it was an end of it all"
    other = one.replace("tea", "straightforwardnesses indeed").replace("bar", "incomprehensibilities")
    assert 0.4 <= similarity(one, other) < 0.5
    assert meet(one, other)


def test_a_shared_half_of_boilerplate_does_not_meet() -> None:
    button = "I just signed this petition, will you join me? "
    one = button + "Protect the old harbour wall from further decay before the winter storms come"
    other = button + "Stop the closure of our village library and keep its staff for the children"
    assert not meet(one, other)


def test_long_texts_of_one_language_do_not_meet_for_their_short_stretches() -> None:
    rng = random.Random(1)
    one, other = (" ".join(generated.word(rng) for _ in range(30_000)) for _ in range(2))
    assert similarity(one, other) > 0.5
    assert not meet(one, other)
    assert meet(one, one.replace("ka mo", "changed words"))


@pytest.mark.data
def test_the_quoted_pairs_of_the_reference_case(shared_data: Path) -> None:
    quotes = json.loads((shared_data / "quotes.json").read_text("utf-8"))
    swap = quotes["entity_swap"]
    assert similarity(swap["original"], swap["rewritten"]) == pytest.approx(0.60, abs=0.03)
    assert meet(swap["original"], swap["rewritten"])
    posts = list(dict.fromkeys(quotes["tweets_figure_26"]))
    found = near_text(pa.array(posts), np.ones(len(posts), np.int64))
    assert set(found.cluster.tolist()) == {-1}
    assert all(similarity(a, b) < 0.11 for a in posts[:3] for b in posts[:3] if a != b)
