"""What the runs copies and describe would say of a made-up case, with generated pictures; nobody in them exists."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from made_up_case import DAY_US, MINUTE_US, START_US, Tables, act, post, with_groups
from PIL import Image, ImageDraw

COPIES_TABLES = (
    "copy_clusters", "copies", "languages", "rewrites", "templates", "picture_clusters", "picture_copies",
    "near_actions", "near_actions_control",
)  # fmt: skip
DESCRIBE_TABLES = ("account_languages", "group_languages", "language_switches", "cross_language", "group_avatars")
PLATFORMS = ("exampletown", "birdsite", "video hall", "photo wall", "forum", "chat")

HARBOUR = "Officials in Beijing confirmed on Monday that the harbour will be finished by 2026, and that 4,000 people will work there."
REWORDED = (
    HARBOUR,
    HARBOUR.replace("Beijing", "Washington"),
    HARBOUR.replace("on Monday ", "").replace("4,000", "9,000"),
    "BREAKING: " + HARBOUR.replace("Officials", "Sources") + " Share!",
    HARBOUR.replace("2026", "next spring"),
)
CHINESE = (
    "港口扩建项目得到北京方面的大力支持，预计将于明年完工并创造四千个就业岗位",
    "港口擴建項目得到東京方面的大力支持，預計將於明年完工並創造四千個就業崗位",
)


def text_hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def nothing_found() -> Tables:
    """A case with groups, whose copies and describe runs found nothing."""
    tables = with_groups()
    tables.copies = {name: [] for name in COPIES_TABLES}
    tables.describe = {name: [] for name in DESCRIBE_TABLES}
    return tables


def cluster(
    tables: Tables,
    wordings: Sequence[str],
    accounts: Sequence[str],
    *,
    gap_s: float = 90.0,
    platforms: int = 1,
    **more: Any,
) -> str:
    """Add posts of the wordings, dealt out to the accounts, and the rows that a copies run would give; the cluster's id."""
    assert tables.copies is not None
    id = f"T{len(tables.copies['copy_clusters']) + 1}"
    begin = START_US + (3 + len(id) % 7) * DAY_US + 9 * 60 * MINUTE_US
    firsts: dict[str, list[tuple[int, str, str]]] = {}
    for i, account in enumerate(accounts):
        text = wordings[i % len(wordings) if i % 3 == 1 else 0]
        time_us = begin + round(i**1.3 * gap_s * 1e6)
        platform = PLATFORMS[i % platforms]
        post_id = post(tables, account, time_us, text, text_hash=text_hash(text), platform=platform)
        act(tables, account, "text", text_hash(text), post_id, time_us)
        tables.actions[-1]["platform"] = platform
        firsts.setdefault(text, []).append((time_us, post_id, account))
        if len(wordings) > 1:
            tables.copies["near_actions"].append(tables.actions[-1] | {"kind": "near_text", "object_id": id})
    for text, its in firsts.items():
        tables.copies["copies"].append(
            {
                "cluster_id": id,
                "text_hash": text_hash(text),
                "role": "case",
                "source": "post",
                "post_id": min(its)[1],
                "similarity": 1.0 if text == wordings[0] else 0.72,
                "posts": len(its),
                "accounts": len({account for *_, account in its}),
            }
        )
        if text != wordings[0]:
            tables.copies["rewrites"].append(
                {
                    "cluster_id": id,
                    "reference_post_id": min(firsts[wordings[0]])[1],
                    "post_id": min(its)[1],
                    "aligned": 0.91,
                    "longest_block": 14,
                    "substitutions": "[]",
                    "entity_swap": text == REWORDED[1] or text == CHINESE[1],
                }
            )
    times = [time_us for its in firsts.values() for time_us, *_ in its]
    tables.copies["copy_clusters"].append(
        {
            "cluster_id": id,
            "text_hash": text_hash(wordings[0]),
            "post_id": min(firsts[wordings[0]])[1],
            "texts": len(firsts),
            "posts": len(accounts),
            "shares": 0,
            "accounts": len(set(accounts)),
            "platforms": ",".join(sorted(PLATFORMS[:platforms])),
            "first_us": min(times),
            "last_us": max(times),
            "least_similarity": 0.72,
            "language": "en",
            "background_accounts": 0,
            "ordinary": None,
            **more,
        }
    )
    return id


def template(tables: Tables, before: str, after: str, clusters: Sequence[str], **more: Any) -> None:
    """Add a recurring substitution, made in all wordings of these clusters that hold the later words."""
    assert tables.copies is not None
    hold = {p["post_id"] for p in tables.posts if after in (p["text"] or "")}
    posts = [r["post_id"] for r in tables.copies["rewrites"] if r["cluster_id"] in clusters and r["post_id"] in hold]
    tables.copies["templates"].append(
        {
            "template_id": f"S{len(tables.copies['templates']) + 1}",
            "before": before,
            "after": after,
            "texts": len(posts),
            "clusters": len(clusters),
            "accounts": 3 * len(posts),
            "expected": 0.2,
            "p_value": 1e-7,
            "q_value": 2e-6,
            "post_ids": json.dumps(posts),
            "cluster_ids": json.dumps(list(clusters)),
            **more,
        }
    )


def picture(seed: int, width: int = 480, height: int = 320) -> Image.Image:
    """A generated picture of coloured shapes."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), tuple(int(v) for v in rng.integers(120, 255, 3)))
    draw = ImageDraw.Draw(image)
    for _ in range(9):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        w, h = int(rng.integers(30, 200)), int(rng.integers(30, 160))
        colour = tuple(int(v) for v in rng.integers(0, 255, 3))
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)((x, y, x + w, y + h), fill=colour)
    return image


def encoded(image: Image.Image, format: str = "PNG", **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **more)
    return out.getvalue()


def picture_cluster(
    tables: Tables, files: Sequence[tuple[bytes, str, int]], accounts: Sequence[str], *, use: str = "post", **more: Any
) -> str:
    """Add files (bytes, how joined, distance) that these accounts posted in turn, and their cluster; its id."""
    assert tables.copies is not None
    id = f"P{len(tables.copies['picture_clusters']) + 1}"
    carried: dict[str, list[tuple[str, int]]] = {}
    hashes = [hashlib.sha256(content).hexdigest() for content, *_ in files]
    tables.files += [content for content, *_ in files]
    begin = START_US + 11 * DAY_US
    for i, account in enumerate(accounts):
        time_us = begin + i * 7 * MINUTE_US
        platform = PLATFORMS[i % 3]
        sha256 = hashes[i % len(hashes)]
        post_id = post(tables, account, time_us, f"Look at this {i}", platform=platform) if use == "post" else None
        carried.setdefault(sha256, []).append((account, time_us))
        tables.media.append(
            {
                "media_id": f"m{len(tables.media)}",
                "use": use,
                "post_id": post_id,
                "account_id": account,
                "platform": platform,
                "time_us": time_us if use == "post" else None,
                "file": f"pictures/{i}.png",
                "sha256": sha256,
                "import_id": "0123456789abcdef",
            }
        )
    for (_, how, distance), sha256 in zip(files, hashes, strict=True):
        tables.copies["picture_copies"].append(
            {
                "cluster_id": id,
                "sha256": sha256,
                "role": "case",
                "distance": distance,
                "how": how,
                "posts": len(carried.get(sha256, ())),
                "accounts": len({account for account, _ in carried.get(sha256, ())}),
            }
        )
    tables.copies["picture_clusters"].append(
        {
            "cluster_id": id,
            "sha256": hashes[0],
            "files": len(files),
            "posts": len(accounts),
            "accounts": len(set(accounts)),
            "use": use,
            "kind": "image",
            "platforms": ",".join(sorted(PLATFORMS[:3])),
            "first_us": begin if use == "post" else None,
            "last_us": begin + (len(accounts) - 1) * 7 * MINUTE_US if use == "post" else None,
            "background_accounts": 0,
            "ordinary": None,
            **more,
        }
    )
    return id


def clue(tables: Tables, sha256: str, place: tuple[float, float, float, float], text: str, kind: str | None) -> None:
    """Add a line read in a picture."""
    tables.picture_texts.append(
        {
            "sha256": sha256,
            "frame": 0,
            **dict(zip(("left", "top", "right", "bottom"), place, strict=True)),
            "text": text,
            "confidence": 0.83,
            "clue": kind,
            "import_id": "0123456789abcdef",
        }
    )


def edits(image: Image.Image) -> list[tuple[bytes, str, int]]:
    """The picture, made smaller, recompressed with notes inside, and cropped."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    small = image.resize((image.width // 2, image.height // 2))
    return [
        (encoded(image), "same bytes", 0),
        (encoded(small, "JPEG", quality=70, exif=exif, comment=b"SECRET NOTE"), "near-identical", 6),
        (encoded(image, "JPEG", quality=25), "near-identical", 14),
        (encoded(image.crop((40, 30, image.width - 20, image.height - 50))), "part", 88),
    ]


def screenshot() -> Image.Image:
    """A generated screen with a window title and a clock."""
    image = Image.new("RGB", (800, 500), "#dfe6ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 40, 740, 440), fill="white", outline="#667")
    draw.rectangle((60, 40, 740, 72), fill="#345")
    draw.text((80, 50), "Harbour plan, week 12 - TextPad", fill="white")
    draw.rectangle((0, 470, 800, 500), fill="#223")
    draw.text((700, 478), "03:14  05/03/2024", fill="white")
    return image


def with_copies() -> Tables:
    """The case with groups, its texts in clusters, rewritten ones, pictures, clues, languages and profile pictures."""
    tables = nothing_found()
    assert tables.copies is not None
    assert tables.describe is not None
    members = [m["account_id"] for m in tables.members if m["group_id"] == "G1"]
    fans = [m["account_id"] for m in tables.members if m["group_id"] == "G2"]
    crowd = [f"u{10_000 + i}" for i in range(180)]
    swapped = cluster(tables, REWORDED, [*members, *crowd[:20]], platforms=4)
    chinese = cluster(tables, CHINESE, members[:18], platforms=2, language="zh-Hans", gap_s=2000)
    cluster(tables, ("LUMEN is the best group there ever was, vote for them tonight! 💜",), fans, gap_s=4)
    cluster(
        tables,
        ("I signed the petition to keep the ferry, will you add your name?",),
        crowd[:60],
        ordinary="share button",
        background_accounts=3,
    )
    near = next(w for w in tables.witnesses if w["group_id"] == "G1")
    of_cluster = [a for a in tables.copies["near_actions"] if a["object_id"] == swapped][:2]
    tables.witnesses.append(
        near
        | {
            "kind": "near_text",
            "object_id": swapped,
            "source": of_cluster[0]["account_id"],
            "target": of_cluster[1]["account_id"],
            "source_post_id": of_cluster[0]["post_id"],
            "target_post_id": of_cluster[1]["post_id"],
            "chance": 1e-9,
        }
    )
    template(tables, "Beijing", "Washington", [swapped])
    template(tables, "北京", "東京", [chinese], q_value=4e-4)
    template(tables, "Monday", "", [swapped], q_value=0.7)
    shared = picture_cluster(tables, edits(picture(1)), [*members[:14], *crowd[:4]])
    screen = encoded(screenshot())
    picture_cluster(tables, [(screen, "same bytes", 0)], members[3:9])
    picture_cluster(tables, [(encoded(picture(3, 60, 60)), "same bytes", 0)], crowd[:9], ordinary="plain picture")
    picture_cluster(tables, edits(picture(4, 200, 200))[:2], members[:5], use="avatar")
    sha256 = hashlib.sha256(screen).hexdigest()
    clue(tables, sha256, (0.075, 0.08, 0.5, 0.144), "Harbour plan, week 12 - TextPad", "window title")
    clue(tables, sha256, (0.86, 0.94, 1.0, 1.0), "03:14  05/03/2024", "clock")
    clue(tables, sha256, (0.1, 0.3, 0.5, 0.4), "Nothing to see", None)
    tables.describe["group_languages"] = [
        _language("G1", "en", 210, 30, 0.52, 0.88),
        _language("G1", "zh-Hans", 160, 22, 0.4, 0.01),
        _language("G1", "fa", 32, 4, 0.08, None),
        _language("G1", "unknown", 40, 12, None, None),
        _language("G2", "en", 60, 14, 1.0, 0.88),
        _language("G3", "en", 60, 14, 1.0, 0.88),
    ]
    own = next(p for p in tables.posts if p["account_id"] == members[0])
    tables.describe["language_switches"] = [
        {
            "account_id": account,
            "group_id": group,
            "before": "es",
            "after": "zh-Hans",
            "at_us": own["created_at"] if account == members[0] else START_US,
            "posts_before": 40,
            "posts_after": 22,
            "share_before": 0.97,
            "share_after": 0.9,
            "p_value": 1e-6,
            "q_value": q,
        }
        for account, group, q in ((members[0], "G1", 1e-5), (members[1], "G1", 0.4), ("paper200", "G3", 1e-9))
    ]
    english = next(p for p in tables.posts if p["text"] == HARBOUR)
    other = next(p for p in tables.posts if p["text"] == CHINESE[0])
    posts = json.dumps({"en": [english["post_id"]], "zh": [other["post_id"]]})
    tables.describe["cross_language"] = [
        {
            "group_id": "G1",
            "kind": kind,
            "object_id": thing,
            "languages": "en,zh",
            "accounts": 9,
            "posts": 21,
            "accounts_others": others,
            "least_gap_us": 61_000_000,
            "post_ids": posts,
        }
        for kind, thing, others in (
            ("url", "https://harbour-facts.example/truth?id=7", 1),
            ("near_media", shared, 0),
            ("name", "harbourwatch_handle_3", 2),
        )
    ]
    tables.describe["group_avatars"] = [
        _avatars("G1", 34, faces=12, leads=9, control_faces=240, control_leads=3, p_value=3e-9),
        _avatars("G2", 14, faces=3, leads=0, control_faces=240, control_leads=3, p_value=None),
    ]
    return tables


def _language(
    group: str, code: str, posts: int, accounts: int, share: float | None, others: float | None
) -> dict[str, Any]:
    return {
        "group_id": group,
        "language": code,
        "posts": posts,
        "accounts": accounts,
        "share": share,
        "share_others": others,
    }


def _avatars(group: str, accounts: int, **more: Any) -> dict[str, Any]:
    return {
        "group_id": group,
        "accounts": accounts,
        "pictures": accounts - 3,
        "default": 4,
        "identical": 2,
        "near_identical": 1,
        "control": "control",
        **more,
    }
