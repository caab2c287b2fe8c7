"""A library of any size: what is compared grows with the library and with the case, never with their product."""

from __future__ import annotations

from .made_material import compared, indicator, use, verdicts


def test_a_stem_that_thousands_of_published_handles_share_is_a_form():
    library = [indicator("handle", f"newsreader{10_000 + n}") for n in range(5_000)]
    profiles = {f"g{n}": f"newsreader{50_000 + n}" for n in range(10)} | {
        f"c{n}": f"newsreader{60_000 + n}" for n in range(900)
    }
    found = compared(library, [], profiles=profiles)
    assert found.items.num_rows == 0


def test_a_name_under_thousands_of_suffixes_is_one_name():
    library = [indicator("domain", f"wahrheitsbote.s{n}x") for n in range(5_000)]
    found = compared(library, [("domain", f"wahrheitsbote.t{n}y") for n in range(50)])
    assert found.items.num_rows == 50
    assert set(found.items["how"].to_pylist()) == {"same name, other suffix"}


def test_a_large_library_of_many_operations_is_compared_whole():
    kinds = ("domain", "handle", "url", "text_hash")
    library = [
        indicator(kind, value, operation=f"operation {n % 200}")
        for n in range(40_000)
        for kind, value in [
            (kinds[n % 4], (f"site{n}-name.top", f"handle_{n}", f"https://site{n}.top/a", f"{n:032x}")[n % 4])
        ]
    ]
    extra = [use(f"c{n % 1000}", "domain", f"place{n}-x.top", f"p{n}") for n in range(5_000)]
    found = compared(
        library,
        [("domain", "site0-name.top"), ("domain", "site200-name.top"), ("domain", "site400-name.top")],
        extra=extra,
    )
    assert {name for name, verdict in verdicts(found).items() if verdict in ("linked", "possibly")} == {"operation 0"}
    assert found.links.num_rows == 200


def test_a_post_that_lists_the_whole_library_is_one_piece_of_evidence():
    library = [
        indicator("domain", f"wahrheit{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyzabcd'[n // 100]}.top")
        for n in range(1_000)
    ]
    extra = [use("g0", "domain", one.value, "one post") for one in library]
    found = compared(library, [], extra=extra)
    assert set(found.items["evidence"].to_pylist()) == {1}
    assert found.links["items"].to_pylist() == [1000]
    assert found.links["verdict"].to_pylist() != ["linked"]
