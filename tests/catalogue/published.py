"""Made-up published files for the tests: no account, domain or operation in them exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

META = """\
Tactic,Technique,Procedure,Indicator,{comment}
0. Acquiring assets,0.9 Acquiring social media accounts,0.9.1 Acquiring Facebook assets,"1,204 Facebook accounts",
0. Acquiring assets,0.9 Acquiring social media accounts,0.9.4 Acquiring X / Twitter accounts,https://twitter[.]com/HarbourFan/,seen in May
0. Acquiring assets,0.6 Acquiring domains,0.6.2 Acquiring domains to support influence operations,harbour-post[.]example[.]com,Country: none
6. Indiscriminate engagement,6.1 Posting on websites ,6.1.3 Posting original content on blogs,The harbour was never meant for you and yours.,
9. Enabling longevity,9.5 Replacing infrastructure,9.5.3 Using redirect domains,,
"""
META_TYPED = """\
indicator_type,indicator_value,comment,ds
domain_name,harbour-post[.]com,a site,2022-09-27
cib_url,https://harbour-post[.]com/a?utm_source=x,a page,2022-09-27
telegram_url,https://t.me/harbour_post,a channel,2022-09-27
"""


def misp(**attribute: Any) -> dict[str, Any]:
    """An event with two attributes, an object and a galaxy."""
    return {
        "Event": {
            "info": "Harbour campaign",
            "date": "2024-05-01",
            "Attribute": [
                {"type": "domain|ip", "value": "harbour-post[.]com|1.2.3[.]4", "comment": "both"},
                {"type": "twitter-id", "value": "12345", **attribute},
                {"type": "text", "value": "free words"},
                {"type": "url", "value": "https://gone.com/a", "deleted": True},
            ],
            "Object": [
                {
                    "name": "telegram-account",
                    "Attribute": [
                        {"object_relation": "username", "type": "text", "value": "harbour_post"},
                        {"object_relation": "id", "type": "text", "value": "777"},
                        {"object_relation": "verified", "type": "boolean", "value": "1"},
                    ],
                },
                {
                    "name": "microblog",
                    "Attribute": [{"object_relation": "post", "type": "text", "value": "The harbour is ours."}],
                },
            ],
            "Tag": [{"name": 'misp-galaxy:disarm-techniques="Flood Existing Hashtag"'}, {"name": "tlp:clear"}],
        }
    }


def stix() -> dict[str, Any]:
    """A bundle of two operations, indicators, an account and a technique."""

    def id(type: str, n: int) -> str:
        return f"{type}--00000000-0000-4000-8000-{n:012d}"

    def one(type: str, n: int, **its: Any) -> dict[str, Any]:
        return {"type": type, "spec_version": "2.1", "id": id(type, n), **its}

    def ties(n: int, source: tuple[str, int], how: str, target: tuple[str, int]) -> dict[str, Any]:
        return one("relationship", n, relationship_type=how, source_ref=id(*source), target_ref=id(*target))

    return {
        "type": "bundle",
        "id": id("bundle", 1),
        "objects": [
            one("campaign", 1, name="Harbour campaign"),
            one("intrusion-set", 2, name="Long network"),
            one("threat-actor", 3, name="Nobody known"),
            one("indicator", 4, pattern="[domain-name:value = 'harbour-post[.]com' OR url:value = 'https://harbour-post.com/a']"),
            one("indicator", 5, pattern="[user-account:account_login = 'HarbourFan' AND user-account:account_type = 'twitter']"),
            one("indicator", 6, pattern="[url:value LIKE '%domain-name:value = \\'x.com\\'%' AND file:size > 3]"),
            one("user-account", 7, account_type="telegram", user_id="777", account_login="Harbour_Post", display_name="Harbour Post"),
            one("ipv4-addr", 8, value="1.2.3.4"),
            one("email-addr", 9, value="desk@harbour-post.com"),
            one("attack-pattern", 10, name="Flood Existing Hashtag", external_references=[{"source_name": "DISARM", "external_id": "T0049.002"}]),
            one("attack-pattern", 11, name="Unused", external_references=[{"source_name": "DISARM", "external_id": "T0002"}]),
            one("indicator", 12, pattern="[domain-name:value = 'gone.com']", revoked=True),
            one("ipv4-addr", 8, value="5.6.7.8"),
            ties(20, ("indicator", 4), "indicates", ("campaign", 1)),
            ties(21, ("indicator", 5), "indicates", ("intrusion-set", 2)),
            ties(22, ("campaign", 1), "attributed-to", ("intrusion-set", 2)),
            ties(23, ("campaign", 1), "uses", ("attack-pattern", 10)),
            one("observed-data", 24, object_refs=[id("user-account", 7), id("ipv4-addr", 8)]),
            ties(25, ("observed-data", 24), "related-to", ("campaign", 1)),
        ],
    }  # fmt: skip


def written(folder: Path, name: str, content: str | bytes | dict[str, Any]) -> Path:
    """A file with that content."""
    file = folder / name
    file.write_bytes(
        content
        if isinstance(content, bytes)
        else (json.dumps(content) if isinstance(content, dict) else content).encode()
    )
    return file
