"""Domains that look like published ones: the same name under another suffix, look-alike letters, one typing error, the name inside a longer one.

None of them counts when the case's own domain may be the original that was imitated: under the suffix of a country or one of the old
suffixes, or known worldwide. Each rule is a hash join on keys, so that a million published domains take seconds.
"""

from __future__ import annotations

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB
from inconcert.indicators.personas.lookalike_names import name_key
from inconcert.linking.popular_places import POPULAR, suffixes
from inconcert.schema.table import S

SHORTEST_SAME, SHORTEST_LOOKALIKE, SHORTEST_EDITED, SHORTEST_WITHIN = 4, 5, 6, 6
"""Letters that the name must have, for each rule: most short names are near another one."""
LONGER_BY = 2
"""Letters that a longer name must have besides the published one."""

OLD_SUFFIXES = ("com", "net", "org", "edu", "gov", "mil", "int")
_SOLD = "ac ai am cc cf co cx fm fo ga gg gl gq gs io is la li ly me ml mn ms mu nu pm pn pw sc sh so st su tk to tv vc vg ws"
SOLD_TO_ANYBODY = frozenset(_SOLD.split())
"""Suffixes of two letters that are sold far from their countries: what is under them is no country's original."""
_GENERIC = """
    about alert analytics app archive article asia audio bank berlin blog book books business buzz channel city club cloud company contact
    daily deal deals digital direct economy energy europe event events expert express fashion finance flash forum free game games german
    germany global group guide health help history home host house inform info insider international journal latest life link links list live
    london mail market media military mobile money movie music nation national network news newspaper observer online page paris politics
    portal post press radio report reports review russia russian science search secure server service shop show site social society sport
    sports start states store stories story stream studio style support tech team telegraph test time times today tools top trade travel
    tribune true trust truth tube ukraine update updates video view vote voice weather website weekly wiki work world
"""
GENERIC = frozenset(_GENERIC.split())
"""Names that say nothing of who has them."""

_CASE = """
SELECT value, label FROM (
  SELECT DISTINCT value, split_part(value, '.', 1) AS label FROM case_values WHERE kind = 'domain'
) ANTI JOIN known_places USING (value)
WHERE NOT (substr(value, length(label) + 2) IN {old} OR regexp_matches(value, '\\.(?:(?:com?|net|org|ac|gov|edu|or|ne|go)\\.)?[a-z]{{2}}$')
  AND split_part(value, '.', -1) NOT IN {sold})"""
# of a name under many suffixes one stands for all; where it is the very domain of the case, the exact match stands instead
_LIBRARY = f"""
SELECT op, min(item) AS item, split_part(value, '.', 1) AS label FROM library
WHERE kind = 'domain' AND length(split_part(value, '.', 1)) >= {SHORTEST_SAME}
GROUP BY op, label HAVING label NOT IN (SELECT label FROM generic_names)"""
_SAME = f"""
SELECT op, item, c.value, 'same name, other suffix' AS how FROM case_domains AS c JOIN library_domains AS l USING (label)
WHERE length(label) >= {SHORTEST_SAME}"""
# many people number their sites: what differs in digits alone is not one letter apart
_EDITED = """
SELECT op, item, c.value, 'one letter apart' AS how FROM case_edits AS c JOIN library_edits AS l USING (key)
WHERE damerau_levenshtein(c.label, l.label) = 1
  AND regexp_replace(c.label, '[0-9]', '', 'g') <> regexp_replace(l.label, '[0-9]', '', 'g')"""
_EDITS = """
SELECT DISTINCT {columns}, label, key FROM (
  SELECT *, label AS key FROM {domains} WHERE length(label) >= {shortest}
  UNION ALL SELECT {domains}.*, substr(label, 1, CAST(i AS INTEGER) - 1) || substr(label, CAST(i AS INTEGER) + 1) AS key
  FROM {domains}, unnest(range(1, length(label) + 1)) AS places(i) WHERE length(label) >= {shortest}
)"""
_WITHIN = f"""
SELECT op, item, c.value, 'name within a longer one' AS how FROM (
  SELECT value, label, substr(label, 1, CAST(i AS INTEGER)) AS part FROM case_domains, unnest(range({SHORTEST_WITHIN}, length(label) - {LONGER_BY} + 1)) AS places(i)
  UNION SELECT value, label, substr(label, length(label) - CAST(i AS INTEGER) + 1) FROM case_domains, unnest(range({SHORTEST_WITHIN}, length(label) - {LONGER_BY} + 1)) AS places(i)
  UNION SELECT value, label, part FROM case_domains, unnest(string_split(label, '-')) AS parts(part) WHERE length(part) >= {SHORTEST_WITHIN} AND part <> label
) AS c JOIN library_domains AS l ON l.label = c.part WHERE NOT regexp_matches(l.label, '[0-9]')"""
_LOOKALIKE = """
SELECT op, item, c.value, 'look-alike letters' AS how FROM case_domains AS c JOIN case_keys USING (label)
JOIN library_keys USING (key) JOIN library_domains AS l ON l.label = library_keys.label
WHERE c.label <> l.label"""


def near_domains(engine: DuckDB) -> None:
    """Make the table `near_domains`: op, item, value, how. The engine has `library` (published.ROWS) and `case_values` (kind, value)."""
    engine.attach("known_places", pa.table({"value": pa.array(sorted(POPULAR | suffixes()), S)}))
    engine.attach("generic_names", pa.table({"label": pa.array(sorted(GENERIC), S)}))
    engine.keep("case_domains", _CASE.format(old=OLD_SUFFIXES, sold=tuple(sorted(SOLD_TO_ANYBODY))))
    engine.keep("library_domains", _LIBRARY)
    engine.keep("case_edits", _EDITS.format(columns="value", domains="case_domains", shortest=SHORTEST_EDITED))
    engine.define(
        "library_edits", _EDITS.format(columns="op, item", domains="library_domains", shortest=SHORTEST_EDITED)
    )
    _keys(engine)
    engine.keep("near_domains", " UNION ALL ".join((_SAME, _EDITED, _WITHIN, _LOOKALIKE)))
    engine.forget("case_edits")


def _keys(engine: DuckDB) -> None:
    """Tables `case_keys` and `library_keys`: label, and what it looks like; empty when no name of the case has an odd letter.

    A name of plain letters may be the original: only those of the case with digits or letters of other scripts are looked at.
    """
    odd = "SELECT DISTINCT label FROM case_domains WHERE starts_with(label, 'xn--') OR regexp_matches(label, '[0-9]')"
    asked = engine.sql(odd)["label"].to_pylist()
    known = engine.sql("SELECT DISTINCT label FROM library_domains")["label"].to_pylist() if asked else []
    for name, labels in (("case_keys", asked), ("library_keys", known)):
        keys = [appearance(label) for label in labels]
        table = pa.table({"label": pa.array(labels, S), "key": pa.array(keys, S)})
        engine.attach(name, table.filter(pa.array([len(key) >= SHORTEST_LOOKALIKE for key in keys], pa.bool_())))


def appearance(label: str) -> str:
    """What a label of a host looks like: its letters' prototypes, punycode read first, in lower case and without marks."""
    return name_key(_read(label))


def _read(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
