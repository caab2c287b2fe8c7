"""Profile pictures of a group beside those of the control: shared ones, and how many look made by a generator.

One picture is never judged: what counts is how many of a group's faces are leads, against the same of people in the control,
found by the same program (GANEyeDistance and its limits: see media/faces).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import fisher_exact

from inconcert import schema

DEFAULT = "default avatar"
"""What `ordinary` of a cluster says of the picture that a platform gives to those who chose none."""
LEAST_FACES = 5
"""On either side; below, the test says nothing."""

Shown = Mapping[str, set[str]]  # account -> SHA-256 of its profile pictures


def group_avatars(
    members: pa.Table,
    media: pa.Table,
    control_media: pa.Table | None,
    clusters: pa.Table,
    picture_copies: pa.Table,
    faces: pa.Table,
) -> pa.Table:
    """Schema GROUP_AVATARS, one row a group in the order of `members` (group_id, account_id).

    media, control_media: schema MEDIA of case and control; clusters, picture_copies, faces: the tables of those schemas.
    Without a profile picture in the control, accounts of the case that are in no group stand for it. An account with several
    profile pictures counts once; it has the default only if all of them are. Faces and leads are counted by distinct
    picture, near-identical ones as one, because what forty accounts copied is one draw and not forty.
    """
    cluster = _clusters(clusters, picture_copies)
    plain = {
        key for key, why in zip(*_columns(clusters, "cluster_id", "ordinary"), strict=True) if DEFAULT in (why or "")
    }
    found = {
        sha256: bool(lead)
        for sha256, count, lead in zip(*_columns(faces, "sha256", "faces", "generated_lead"), strict=True)
        if count == 1
    }
    shown = _shown(media)
    groups: dict[str, set[str]] = {}
    for group, account in zip(*_columns(members, "group_id", "account_id"), strict=True):
        groups.setdefault(group, set()).add(account)
    control = {} if control_media is None else _shown(control_media)
    origin = "control" if control else "others"
    if not control:
        grouped = set().union(*groups.values())
        control = {account: files for account, files in shown.items() if account not in grouped}
    control_faces, control_leads = _faces(control.values(), cluster, found)
    rows = []
    for group, accounts in groups.items():
        own = {account: shown[account] for account in accounts if account in shown}
        chosen = {account: {s for s in files if cluster.get(s) not in plain} for account, files in own.items()}
        identical = _sharing(chosen)
        near = _sharing({account: {cluster.get(s, s) for s in files} for account, files in chosen.items()}) - identical
        seen, leads = _faces(own.values(), cluster, found)
        tested = min(seen, control_faces) >= LEAST_FACES
        table = [[leads, seen - leads], [control_leads, control_faces - control_leads]]
        rows.append(
            {
                "group_id": group,
                "accounts": len(accounts),
                "pictures": len(own),
                "default": sum(not files for files in chosen.values()),
                "identical": len(identical),
                "near_identical": len(near),
                "faces": seen,
                "leads": leads,
                "control_faces": control_faces,
                "control_leads": control_leads,
                "control": origin,
                "p_value": float(fisher_exact(table, alternative="greater").pvalue) if tested else None,
            }
        )
    return pa.Table.from_pylist(rows, schema.GROUP_AVATARS.arrow)


def _columns(table: pa.Table, *names: str) -> list[list[str]]:
    return [table[name].to_pylist() for name in names]


def _shown(media: pa.Table) -> dict[str, set[str]]:
    """The profile pictures of each account that has one."""
    shown: dict[str, set[str]] = {}
    avatars = media.filter(pc.equal(media["use"], "avatar"))
    for account, sha256 in zip(*_columns(avatars, "account_id", "sha256"), strict=True):
        shown.setdefault(account, set()).add(sha256)
    return shown


def _clusters(clusters: pa.Table, picture_copies: pa.Table) -> dict[str, str]:
    """File -> cluster of profile pictures that it is in; a file may be in another one as a picture of posts."""
    of_avatars = set(clusters.filter(pc.equal(clusters["use"], "avatar"))["cluster_id"].to_pylist())
    pairs = zip(*_columns(picture_copies, "sha256", "cluster_id"), strict=True)
    return {sha256: cluster for sha256, cluster in pairs if cluster in of_avatars}


def _sharing(used: Shown) -> set[str]:
    """Accounts of which something is used by another account too."""
    users = Counter(thing for things in used.values() for thing in things)
    return {account for account, things in used.items() if any(users[thing] > 1 for thing in things)}


def _faces(files: Iterable[set[str]], cluster: Mapping[str, str], found: Mapping[str, bool]) -> tuple[int, int]:
    """Distinct pictures with exactly one face, and how many of them are leads; of near-identical ones the first file says."""
    first: dict[str, str] = {}
    for sha256 in sorted({s for own in files for s in own if s in found}):
        first.setdefault(cluster.get(sha256, sha256), sha256)
    return len(first), sum(found[sha256] for sha256 in first.values())
