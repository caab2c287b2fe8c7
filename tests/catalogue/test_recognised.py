"""What published values are: refanged, typed, and normalised exactly as a case normalises the same field."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.catalogue.indicator import KINDS
from inconcert.catalogue.recognised import NO_KIND, RANGE, SIZE, WORDS, recognised
from inconcert.catalogue.refang import refanged
from inconcert.catalogue.stated import STATED
from inconcert.normalise.folding import fold_hashtag, fold_name
from inconcert.normalise.hosts import host
from inconcert.normalise.urls import link

DEFANGED = (
    "hxxps://news.example[.]com/a", "hxxps[:]//news[.]example[.]com/a", "h**ps://news.example.com/a", "HXXPS://news(.)example{.}com/a",
    "meows://news[dot]example[dot]com/a", "https[://]news.example.com/a", "hxxps://news．example。com/a", "https:\\\\news.example.com/a",
    "[https]://news[.example.]com/a", "“hxxps://news.example[.]com/a”", "hxxps：//news.example.com/a", "hxxps://news .example . com/a".replace(" ", ""),
)  # fmt: skip


@pytest.mark.parametrize("written", DEFANGED)
def test_every_way_of_defanging_is_undone(written: str):
    assert recognised(written) == ("url", "https://news.example.com/a", None)


@pytest.mark.parametrize(
    "written", ["a[@]example[.]org", "a[at]example(dot)org", "a@example[.]org", "A (at) example (dot) ORG"]
)
def test_mail_is_refanged(written: str):
    assert recognised(written) == ("email", "a@example.org", None)


@given(
    st.from_regex(r"[a-z]{3,12}\.(com|org|info)(/[a-z0-9]{1,8}){0,3}", fullmatch=True),
    st.sampled_from(["[.]", "(.)", "{.}", "[dot]", "．"]),
)
def test_defanging_changes_nothing(address: str, dot: str):
    assert recognised(address.replace(".", dot, 1)) == recognised(address)
    assert refanged(refanged(address)) == refanged(address)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://twitter[.]com/Some_Name1/", ("handle", "some_name1", "twitter")), ("x.com/@Some_Name1", ("handle", "some_name1", "twitter")),
        ("https://x.com/i/user/12345", ("account", "12345", "twitter")), ("https://twitter.com/a/status/1", ("url", "https://twitter.com/a/status/1", None)),
        ("facebook.com/profile.php?id=10001", ("account", "10001", "facebook")), ("https://facebook.com/some.page", ("handle", "some.page", "facebook")),
        ("https://youtube.com/channel/UCabcdefghijklmnopqrstuv", ("account", "UCabcdefghijklmnopqrstuv", "youtube")),
        ("https://www.youtube.com/@Some", ("handle", "some", "youtube")), ("https://t.me/some_channel", ("handle", "some_channel", "telegram")),
        ("https://t.me/some_channel/42", ("url", "https://t.me/some_channel/42", None)), ("instagram.com/some/", ("handle", "some", "instagram")),
        ("https://www[.]tiktok[.]com/@some3", ("handle", "some3", "tiktok")), ("https://weibo.com/u/123456789", ("account", "123456789", "weibo")),
        ("https://weibo.com/n/1234", ("handle", "1234", "weibo")), ("https://vk.com/id77", ("account", "77", "vk")),
        ("https://es.quora.com/profile/Some", ("handle", "some", "quora")), ("http://ca.pinterest.com/some", ("handle", "some", "pinterest")),
        ("https://bsky.app/profile/did:plc:abc", ("account", "did:plc:abc", "bluesky")),
        ("paypa1[.]com", ("domain", "paypa1.com", None)), ("xn--pypal-4ve.com", ("domain", "xn--pypal-4ve.com", None)),
        ("pаypal.com", ("domain", "xn--pypal-4ve.com", None)), ("www.example.org", ("domain", "example.org", None)),
        ("https://example.org/", ("domain", "example.org", None)), ("news.example.org", ("host", "news.example.org", None)),
        ("name.github.io", ("host", "name.github.io", None)), ("bit.ly/AbC", ("url", "https://bit.ly/AbC", None)),
        ("example.org:8080/x", ("url", "https://example.org:8080/x", None)), ("1.2.3[.]4", ("ip", "1.2.3.4", None)),
        ("2001:DB8::1", ("ip", "2001:db8::1", None)), ("#USCyberHegemony", ("hashtag", "uscyberhegemony", None)),
        ("#抵制云法案#", ("hashtag", "抵制云法案", None)), ("@Some_Name", ("handle", "some_name", None)), ("+44 20 7946 0958", ("phone", "442079460958", None)),
        ("t0049.002", ("technique", "T0049.002", None)), ("D41D8CD98F00B204E9800998ECF8427E", ("file_hash", "d41d8cd98f00b204e9800998ecf8427e", None)),
        ("spoof.example.org (a spoof of a paper)", ("host", "spoof.example.org", None)),
    ],
)  # fmt: skip
def test_a_value_says_what_it_is(written: str, expected: tuple[str, str, str | None]):
    assert recognised(written) == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("7,704 Facebook accounts", SIZE), ("954 Facebook Pages", SIZE), ("about 15 Instagram accounts", SIZE), ("10.0.0.0/8", RANGE), ("name", NO_KIND),
        ("the network often used Pages", WORDS), ("T9999", NO_KIND), ("../../etc/passwd", NO_KIND), ("javascript:alert(1)", NO_KIND),
        ("<script>alert(1)</script>", NO_KIND), ('=HYPERLINK("http://x.example")', NO_KIND), ("a" * 5000, "longer than 4,096 characters"),
        ("b" * 1_000_000, "longer than 20,000 characters"), ("", "no value"), ("paypal", NO_KIND),
    ],
)  # fmt: skip
def test_what_is_no_indicator_is_told(written: str, reason: str):
    assert recognised(written) == reason


def test_what_the_source_says_decides_between_forms_that_look_alike():
    digest = "f" * 64
    assert recognised(digest, "pdq") == ("image_hash", digest, None)
    assert recognised(digest, "sha256") == recognised(digest) == ("file_hash", digest, None)
    assert recognised("Some Name", "display_name", "X") == ("name", "Some Name", "twitter")
    assert recognised("12345678", "user_id", "Twitter") == ("account", "12345678", "twitter")
    assert recognised("12345678", "username", "weibo") == ("handle", "12345678", "weibo")
    assert recognised("harbour", "hashtag") == ("hashtag", "harbour", None)
    assert recognised("not a domain", "domain_name") == "no domain or link, though its source says so"
    assert recognised("the truth comes out", posted=True) == ("text", "the truth comes out", None)
    assert recognised("7,704 Facebook accounts", posted=True) == SIZE
    assert recognised("https://twitter.com/Some", "account") == ("handle", "some", "twitter")


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{2,14}", fullmatch=True))
def test_handles_and_hashtags_are_folded_as_the_case_folds_them(name: str):
    assert recognised(f"@{name}") == ("handle", fold_name(name), None)
    assert recognised(f"#{name}") == ("hashtag", fold_hashtag(name), None)


@given(
    st.from_regex(
        r"https?://(www\.|m\.)?[a-z]{2,9}\.(com|co\.uk|eu)/[A-Za-z0-9/_%.\-]{1,20}(\?(utm_source|id)=[a-z0-9]{1,5})?",
        fullmatch=True,
    )
)
def test_links_and_domains_are_those_of_the_case(written: str):
    found, known = recognised(written), link(written)
    assert not isinstance(found, str)
    if found.kind == "url":
        assert found.value == known.url
    else:
        assert (found.kind, found.value) == ("domain", known.domain)
        assert host(found.value).name == found.value  # type: ignore[union-attr]


@given(st.text(st.characters(blacklist_categories=()), max_size=60), st.sampled_from([None, *STATED, "strange"]))
def test_nothing_written_by_a_stranger_raises(written: str, type: str | None):
    found = recognised(written, type, written[:5])
    assert isinstance(found, str) or (found.kind in KINDS and found.value)


@given(st.text(string.punctuation + " ah.x/@[]()", max_size=400))
def test_signs_alone_take_no_time_and_raise_nothing(written: str):
    recognised(written * 10)
