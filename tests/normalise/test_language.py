"""The language of a post: right on sentences of many languages, unknown rather than wrong, and never a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.language import (
    MIN_LETTERS,
    MIN_LETTERS_DENSE,
    MOST_CHARACTERS,
    UNKNOWN,
    Language,
    language,
    languages,
)

SENTENCES = [
    ("en", "Latn", "My neighbour says the new bridge will open in spring, but I will believe it when I drive over it."),
    ("en", "Latn", "honestly cant believe they moved the match to monday again, who even has time for that"),
    ("de", "Latn", "Heute Morgen war der Hafen gesperrt, weil niemand den Schnee von der Straße geräumt hatte."),
    ("fr", "Latn", "On nous promet un nouveau pont depuis dix ans, et toujours rien à l'horizon."),
    ("es", "Latn", "Esta mañana el puerto estaba cerrado porque nadie había quitado la nieve de la carretera."),
    ("pt", "Latn", "Hoje de manhã o porto estava fechado porque ninguém tinha limpado a neve da estrada."),
    ("it", "Latn", "Stamattina il porto era chiuso perché nessuno aveva tolto la neve dalla strada."),
    ("pl", "Latn", "Dziś rano port był zamknięty, ponieważ nikt nie odśnieżył drogi do miasta."),
    ("ru", "Cyrl", "Сегодня утром порт был закрыт, потому что никто не убрал снег с дороги."),
    ("uk", "Cyrl", "Сусідка каже, що новий міст відкриють навесні, але я в це ще не вірю."),
    ("bg", "Cyrl", "Тази сутрин пристанището беше затворено, защото никой не беше почистил снега от пътя."),
    ("el", "Grek", "Σήμερα το πρωί το λιμάνι ήταν κλειστό γιατί κανείς δεν είχε καθαρίσει το χιόνι."),
    ("tr", "Latn", "Komşum yeni köprünün ilkbaharda açılacağını söylüyor ama ben inanmıyorum."),
    ("ar", "Arab", "تقول جارتي إن الجسر الجديد سيفتح في الربيع لكنني لا أصدق ذلك."),
    ("fa", "Arab", "همسایه‌ام می‌گوید پل تازه در بهار باز می‌شود ولی من باور نمی‌کنم."),
    ("ur", "Arab", "آج صبح بندرگاہ بند تھی کیونکہ کسی نے سڑک سے برف نہیں ہٹائی تھی۔"),
    ("he", "Hebr", "השכנה שלי אומרת שהגשר החדש ייפתח באביב, אבל אני לא מאמין לזה."),
    ("hi", "Deva", "आज सुबह बंदरगाह बंद था क्योंकि किसी ने सड़क से बर्फ नहीं हटाई थी।"),
    ("bn", "Beng", "আজ সকালে বন্দর বন্ধ ছিল কারণ কেউ রাস্তা থেকে বরফ সরায়নি।"),
    ("ja", "Jpan", "道路の雪を誰も片付けなかったので、今朝は港が閉まっていました。"),
    ("ko", "Hang", "이웃은 새 다리가 봄에 열린다고 하지만 나는 아직 믿지 않는다."),
    ("zh-Hans", "Hans", "因为没有人清理马路上的积雪，今天早上港口关闭了。"),
    ("zh-Hant", "Hant", "因為沒有人清理馬路上的積雪，今天早上港口關閉了。"),
    ("zh-Hant", "Hant", "皇后大道的群眾在台灣人開的店裡吃了一隻雞。"),  # 后 台 群 里 吃 belong to both sets
    ("th", "Thai", "เพื่อนบ้านบอกว่าสะพานใหม่จะเปิดในฤดูใบไม้ผลิ แต่ฉันยังไม่เชื่อ"),
    ("vi", "Latn", "Hàng xóm của tôi nói cây cầu mới sẽ mở vào mùa xuân nhưng tôi chưa tin."),
    ("id", "Latn", "Tetangga saya bilang jembatan baru akan dibuka musim semi, tapi saya belum percaya."),
    ("ka", "Geor", "დღეს დილით პორტი დაკეტილი იყო, რადგან გზიდან თოვლი არავის გაუწმენდია."),
    ("am", "Ethi", "ዛሬ ጠዋት ማንም ሰው በረዶውን ከመንገዱ ስላላነሳ ወደቡ ተዘግቶ ነበር።"),
    ("my", "Mymr", "ဒီမနက် လမ်းပေါ်က နှင်းတွေကို ဘယ်သူမှ မရှင်းလို့ ဆိပ်ကမ်း ပိတ်ထားတယ်။"),
]
ENGLISH, CHINESE = SENTENCES[0][2], SENTENCES[21][2]


@pytest.mark.parametrize(("code", "written", "text"), SENTENCES)
def test_sentences_of_many_languages(code: str, written: str, text: str):
    found = language(text)
    assert (found.code, found.script) == (code, written)
    assert found.confidence > 0.9


@pytest.mark.parametrize(("code", "written", "text"), SENTENCES)
def test_what_a_platform_adds_changes_nothing(code: str, written: str, text: str):
    dressed = f"RT @somebody_else: {text} #breakingnews #weather https://example.org/what/is/this/english/text @other_account 😀"
    assert language(dressed)[::2] == (code, written)


@pytest.mark.parametrize(
    "text", ["", " ", "ok", "Good morning!", "今天早上港口关了", "好" * (MIN_LETTERS_DENSE - 1), "الجسر الجديد"]
)
def test_short_texts_are_unknown(text: str):
    assert language(text).code == UNKNOWN
    assert language(text).confidence == 0


@pytest.mark.parametrize(
    "text", ["😀🎉👍🏽" * 30, "1234 5678 90 ... !!! 2024", "https://example.org/a-long-english-title-about-bridges"]
)
def test_texts_without_letters_have_no_script(text: str):
    assert language(text) == Language(UNKNOWN, 0.0, "Zyyy")


def test_only_letters_count_towards_the_minimum():
    words = "the bridge opens in the spring"
    assert sum(map(str.isalpha, words)) == MIN_LETTERS
    assert language(words).code == "en"
    assert language(words[:-1] + " 1234567890 !!!").code == UNKNOWN


def test_hashtags_do_not_count():
    assert language("#thisisenglish #thebridgewillopeninspring #nobodyclearedthesnow").code == UNKNOWN
    assert language(f"{CHINESE} #thisisenglish #thebridgewillopeninspring #nobodyclearedthesnow").code == "zh-Hans"
    assert language(f"#新桥开通# {ENGLISH}")[::2] == ("en", "Latn")


def test_mixed_texts_are_unknown():
    assert language(f"{CHINESE} {ENGLISH}").code == UNKNOWN
    assert language(f"{SENTENCES[8][2]} {ENGLISH}").code == UNKNOWN
    assert language(f"{SENTENCES[17][2]} {SENTENCES[13][2]}").code == UNKNOWN


def test_chinese_without_a_telling_character_is_just_chinese():
    assert language("你好世界，大家好，我在北京走走，山上有水有石").code in ("zh", "unknown")
    assert language("你好世界，大家好，我在北京走走，山上有水有石").script == "Hani"
    half = "马路開門时間" * 4
    assert language(half).script == "Hani", "as many of one set as of the other"


def test_japanese_without_kana_is_not_claimed():
    assert language("東京証券取引所株価指数大幅続落円高進行").code != "ja"


def test_a_language_with_bigger_relatives_needs_a_longer_text():
    galician = "Esta mañá o porto estaba pechado porque ninguén quitara a neve da estrada."
    assert language(galician).code == UNKNOWN
    longer = f"{galician} A miña veciña di que a ponte nova abrirá na primavera, mais eu aínda non o creo."
    assert language(longer).code == "gl"


def test_lone_surrogates_and_other_damage():
    torn = "\ud83d".join(ENGLISH.split(" "))
    assert language(f"\ud800{ENGLISH}\udfff")[::2] == ("en", "Latn")
    assert isinstance(language(torn), Language)
    assert language("\ufffe\ufdd0\U0010ffff\x00\x1b" + ENGLISH).code == "en"
    assert language("\u202e\u2066" + ENGLISH + "\u2069").code == "en"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "é" * 300_000,
        "e" + "\u0301" * 300_000,
        "#a" * 500_000,
        "".join(f"#tag{n} " for n in range(100_000)),
        "@a:" * 300_000,
        "&amp;" * 300_000,
        "http://" * 200_000,
        "漢" * 300_000,
        "<" * 300_000 + "html lang=fr>",
    ],
)
def test_huge_and_hostile_texts_are_read(text: str):
    assert isinstance(language(text), Language)


def test_no_more_is_read_than_is_needed():
    assert language(ENGLISH.ljust(MOST_CHARACTERS) + CHINESE * 1000).code == "en"


def test_html_is_not_obeyed():
    assert language(f'<html lang="fr"><p lang="zh">{ENGLISH}</p>').code == "en"


def test_a_column_reads_as_its_texts_do():
    texts = [text for _, _, text in SENTENCES] * 2 + [None, "", "😀"]
    found = languages(pa.array(texts, pa.string()))
    assert found.schema == pa.schema({"language": pa.string(), "confidence": pa.float64(), "script": pa.string()})
    assert [tuple(row.values()) for row in found.to_pylist()] == [language(text or "") for text in texts]
    assert languages(pa.array([], pa.string())).num_rows == 0
    assert languages(pa.array([None, None], pa.string()))["language"].to_pylist() == [UNKNOWN, UNKNOWN]


_CHARACTERS = st.characters(min_codepoint=0, max_codepoint=sys.maxunicode, exclude_categories=())
_TEXTS = st.one_of(
    st.text(_CHARACTERS, max_size=200),
    st.lists(
        st.sampled_from([text for _, _, text in SENTENCES] + ["#a", "@b", "\ud800", "\ufffe", "http://c", "//@d:"])
    ).map(" ".join),
)


@given(_TEXTS)
def test_never_fails(text: str):
    code, confidence, written = language(text)
    assert code == code.strip() != ""
    assert 0 <= confidence <= 1
    assert (confidence == 0) == (code == UNKNOWN)
    assert len(written) == 4


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=60), st.sampled_from([t for _, _, t in SENTENCES])), max_size=12),
    st.data(),
)
def test_the_size_of_a_batch_changes_nothing(texts: list[str | None], data: st.DataObject):
    cut = data.draw(st.integers(0, len(texts)))
    column = pa.array(texts, pa.string())
    whole = languages(column)
    assert whole == pa.concat_tables([languages(column.slice(0, cut)), languages(column.slice(cut))]).combine_chunks()
    assert whole.combine_chunks() == languages(pa.array(texts, pa.string()))


@pytest.mark.data
def test_real_posts_seldom_get_another_language_than_their_platform_gave(shared_data: Path):
    posts = pa.concat_tables(
        pq.read_table(shared_data / "organic_crowds" / f"{crowd}.parquet", columns=["lang", "text"])
        for crowd in ("aprendeencasa2020", "elgl19", "esa2019")
    )
    named = posts.filter(pc.field("text").is_valid() & (pc.field("lang") != "und"))
    found = languages(named["text"].combine_chunks())["language"].to_pylist()
    told = [(code, lang) for code, lang in zip(found, named["lang"].to_pylist(), strict=True) if code != UNKNOWN]
    assert len(told) > 0.85 * len(named)
    assert sum(code != lang for code, lang in told) < 0.01 * len(told)
