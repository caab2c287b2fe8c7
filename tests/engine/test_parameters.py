"""Named parameters are rewritten where they are parameters, and nowhere else."""

from inconcert.engine.base import known_parameters


def test_known_names_are_rewritten_and_returned():
    text, used = known_parameters("SELECT :a, :b WHERE x = :a", {"a": 1, "b": "two", "c": None}, "$")
    assert text == "SELECT $a, $b WHERE x = $a"
    assert used == {"a": 1, "b": "two"}


def test_casts_strings_comments_and_unknown_names_stay():
    query = """SELECT x::a, '10:a', 'it''s :a', ":a", y[1:2], :b -- :a"""
    assert known_parameters(query, {"a": 1}, "$") == (query, {})


def test_a_longer_name_is_not_its_prefix():
    text, used = known_parameters(":cap_1 :cap_10", {"cap_1": 5}, "$")
    assert text == "$cap_1 :cap_10"
    assert used == {"cap_1": 5}
