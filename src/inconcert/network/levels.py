"""The claim ladder: how far the evidence carries, computed, never chosen (methods of design, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

WORDS: dict[str, str] = {
    "L0": "similar posts observed",
    "L1": "synchronised beyond chance",
    "L2": "coordinated group",
    "L3": "inauthentic coordinated group",
}
"""Level -> the only words that pages, texts and exports may print for it. L3 takes evidence of indicators besides, L4 a person."""

MIN_OBJECTS = 3
MIN_ACCOUNTS = 5
MIN_STABILITY = 0.75


@dataclass(frozen=True)
class GroupEvidence:
    """What the ladder looks at. p-values are None where a test could not be run; syndication: whether that explanation fits;
    near_only: whether its evidence is near-identical texts or pictures and nothing else."""

    size: int
    n_objects: int
    q_value: float
    q_edges: float
    p_conditional: float | None
    p_day_shift: float | None
    stability: float
    n_kinds: int
    n_windows: int
    syndication: bool
    near_only: bool = False


def group_level(evidence: GroupEvidence, alpha: float) -> tuple[str, str]:
    """The level a group has reached, and in words what the next one would need.

    L1: q-value of the group on held-out objects, or of its best edge, at most alpha, on at least three objects.
    L2: besides, at least five accounts, confirmed on held-out objects, more synchronous than its shared interests or
    shifted timelines explain, stable membership, evidence of its own in two kinds of action or at two time scales, and of
    more than published copy where syndication fits, and of more than near-identical copies: an app that fills a name into
    one sentence for its users at one moment makes these, and so does an audience that shouts the same at once.
    """
    e = evidence
    if min(e.q_value, e.q_edges) > alpha:
        return "L0", f"needs a q-value of at most {alpha:g} on held-out posts; it has {min(e.q_value, e.q_edges):.2g}"
    if e.n_objects < MIN_OBJECTS:
        return "L0", f"needs at least {MIN_OBJECTS} distinct objects in common; it has {e.n_objects}"
    lacking = []
    if e.size < MIN_ACCOUNTS:
        lacking.append(f"at least {MIN_ACCOUNTS} accounts (it has {e.size})")
    if e.q_value > alpha:
        lacking.append(f"confirmation on held-out posts at q of at most {alpha:g} (it has {e.q_value:.2g})")
    survived = [p for p in (e.p_conditional, e.p_day_shift) if p is not None]
    if not survived or min(survived) > alpha:
        lacking.append("more synchrony than shared interests or shifted timelines explain")
    if e.stability < MIN_STABILITY:
        lacking.append(f"a stable membership (Jaccard of at least {MIN_STABILITY}; it has {e.stability:.2f})")
    if e.n_kinds < 2 and e.n_windows < 2:
        lacking.append("evidence in a second kind of action or at a second time scale")
    if e.syndication:
        lacking.append("evidence in shares, replies or hashtags, since newsrooms and feeds publish the same copy too")
    elif e.near_only:
        lacking.append(
            "evidence of another kind than near-identical copies, since apps, games and audiences fill one sentence too"
        )
    if lacking:
        return "L1", "needs " + "; ".join(lacking)
    return "L2", (
        "needs at least two independent families of evidence on authenticity (creation and handles, avatars, "
        "automation or hand-off, repurposing, persona contradictions, impersonation), which co-action cannot give"
    )


def account_level(q: float, n_objects: int, alpha: float) -> str:
    """The level an account reaches by its own tests: L1 at most, since one account is not a group."""
    return "L1" if q <= alpha and n_objects >= MIN_OBJECTS else "L0"
