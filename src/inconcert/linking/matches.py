"""Which things of the case match which published ones, exactly or nearly, and how many ordinary accounts show each of them."""

from __future__ import annotations

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB
from inconcert.linking.material import Material
from inconcert.linking.near_domains import near_domains
from inconcert.linking.near_handles import near_handles
from inconcert.linking.near_pictures import near_pictures
from inconcert.linking.published import Published
from inconcert.schema.table import I64, S

EXACT, NEAR_COPY = "exact", "near copy"

_ACCOUNT_USES = """
SELECT DISTINCT account_id, group_id, kind, value,
  CASE WHEN kind IN ('account', 'handle') THEN nullif(platform, 'unknown') END AS place
FROM uses JOIN sides USING (account_id)"""
_CASE_VALUES = """
SELECT kind, value, place, count(DISTINCT account_id) FILTER (group_id IS NULL) AS k FROM account_uses GROUP BY kind, value, place"""
_EXACT = f"""
SELECT op, item, c.kind, c.value, c.place, '{EXACT}' AS how FROM case_values AS c JOIN library AS l ON l.kind = c.kind AND l.value = c.value
WHERE c.kind NOT IN ('account', 'handle') OR l.platform IS NULL OR c.place IS NULL OR l.platform = c.place"""
_COPIES = f"""
SELECT op, item, c.kind, c.value, c.place, '{NEAR_COPY}' AS how FROM case_values AS c
JOIN wordings AS w ON w.cluster = c.value AND c.kind = CASE w.kind WHEN 'text_hash' THEN 'near_text' ELSE 'near_media' END
JOIN library AS l ON l.kind = w.kind AND l.value = w.value"""
_PICTURES = f"""
SELECT op, item, 'image_hash' AS kind, near_pictures.value, CAST(NULL AS VARCHAR) AS place, '{NEAR_COPY}' AS how FROM near_pictures JOIN library USING (item)"""
_DOMAINS = "SELECT op, item, 'domain' AS kind, value, CAST(NULL AS VARCHAR) AS place, how FROM near_domains"
_HANDLES = "SELECT op, item, 'handle' AS kind, value, place, how FROM near_handles"
_ALL = """
SELECT op, first(item ORDER BY item) AS item, m.kind, m.how, m.value, m.place, any_value(c.k) AS k
FROM every_match AS m JOIN case_values AS c ON c.kind = m.kind AND c.value = m.value AND c.place IS NOT DISTINCT FROM m.place
GROUP BY op, m.kind, m.how, m.value, m.place"""
_ONE_HOW = f"""
SELECT * FROM found QUALIFY row_number() OVER (
  PARTITION BY op, kind, value, place ORDER BY how <> '{EXACT}', how, item) = 1"""


def matches(material: Material, library: Published) -> None:
    """Make the table `matches` on the material's engine: op, item, kind, how, value, place (platform of an account), k.

    One row for each operation and thing of the case, by the nearest way in which it matches. k: accounts of the control that show it.
    Besides, `account_uses`: what each account shows, once.
    """
    engine = material.engine
    engine.attach("library", library.rows)
    engine.keep("account_uses", _ACCOUNT_USES)
    engine.keep("case_values", _CASE_VALUES)
    near_domains(engine)
    near_handles(engine)
    engine.attach("near_pictures", _near_pictures(engine))
    engine.keep("every_match", " UNION ALL ".join((_EXACT, _COPIES, _PICTURES, _DOMAINS, _HANDLES)))
    engine.keep("found", _ALL)
    engine.keep("matches", _ONE_HOW)
    engine.forget("every_match", "found")


def _near_pictures(engine: DuckDB) -> pa.Table:
    published = engine.sql("SELECT item, value FROM library WHERE kind = 'image_hash' ORDER BY item")
    shown = engine.sql("SELECT DISTINCT value FROM case_values WHERE kind = 'image_hash' ORDER BY value")[
        "value"
    ].to_pylist()
    pairs = near_pictures(published["value"].to_pylist(), shown) if len(published) and shown else []
    items = published["item"].to_pylist()
    return pa.table(
        {"item": pa.array([items[p] for p, _ in pairs], I64), "value": pa.array([shown[s] for _, s in pairs], S)}
    )
