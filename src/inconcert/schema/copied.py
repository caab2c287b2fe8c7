"""Tables of the run `copies`: texts and pictures that several accounts posted, and how wordings differ."""

from __future__ import annotations

from inconcert.schema.imported import ACTIONS
from inconcert.schema.table import F64, I32, I64, B, Column, S, Table

_n = True

COPY_CLUSTERS = Table(
    "copy_clusters",
    "one text that several accounts posted, in one wording or in near-identical ones",
    (
        Column("cluster_id", S, "T1, T2 ... most accounts first"),
        Column("text_hash", S, "its representative wording: the one with most posts"),
        Column("post_id", S, "earliest post of that wording"),
        Column("texts", I32, "distinct wordings"),
        Column("posts", I64, "posts of the case that carry it"),
        Column("shares", I64, "of them, shares (reposts)"),
        Column("accounts", I32, "accounts of the case that carry it"),
        Column("platforms", S, "comma-separated"),
        Column("first_us", I64, "first post; NULL without times", _n),
        Column("last_us", I64, "last post; NULL without times", _n),
        Column("least_similarity", F64, "of a wording with the representative, 0 to 1"),
        Column("language", S, "code, or unknown"),
        Column("background_accounts", I32, "accounts of the control crowd that carry it"),
        Column(
            "ordinary",
            S,
            "why it is no object of its own: in the control, headline, share button, quotation, wire copy",
            _n,
        ),
    ),
)

COPIES = Table(
    "copies",
    "one distinct wording of a text that several accounts posted",
    (
        Column("cluster_id", S, "see copy_clusters"),
        Column("text_hash", S, "as in posts; of the words read in a picture for source picture"),
        Column("role", S, "case or control"),
        Column("source", S, "post, or picture: words read in an image"),
        Column("post_id", S, "earliest post with it"),
        Column("similarity", F64, "Jaccard similarity of its shingles with the representative's, 0 to 1"),
        Column("posts", I64, "posts with it"),
        Column("accounts", I32, "accounts with it"),
    ),
)

LANGUAGES = Table(
    "languages",
    "the language of one distinct text",
    (
        Column("text_hash", S, "as in posts"),
        Column("language", S, "code (ISO 639-1, zh-Hans and zh-Hant apart), or unknown when short or mixed"),
        Column("confidence", F64, "share of the text the detector gives to it, 0 to 1"),
        Column(
            "script", S, "ISO 15924 code of most letters: Latn, Hans, Hant, Hani, Cyrl, Arab ...; Zyyy without letters"
        ),
    ),
)

REWRITES = Table(
    "rewrites",
    "one wording aligned with the representative of its cluster",
    (
        Column("cluster_id", S, "see copy_clusters"),
        Column("reference_post_id", S, "earliest post of the representative wording"),
        Column("post_id", S, "earliest post of this wording"),
        Column("aligned", F64, "share of the tokens of both that stand in unchanged blocks, 0 to 1"),
        Column("longest_block", I32, "tokens of the longest unchanged block"),
        Column(
            "substitutions",
            S,
            "JSON list of [before, after], in the order of the text; the signs of empty sides are insertions and deletions",
        ),
        Column("entity_swap", B, "mostly unchanged, and a name or number was put in the place of another"),
    ),
)

TEMPLATES = Table(
    "templates",
    "one substitution that recurs across texts",
    (
        Column("template_id", S, "S1, S2 ... most significant first"),
        Column("before", S, ""),
        Column("after", S, ""),
        Column("texts", I32, "wordings in which it was made"),
        Column("clusters", I32, "clusters of copies in which it was made"),
        Column("accounts", I32, "accounts that posted them"),
        Column("expected", F64, "clusters expected if replacements were dealt out by chance"),
        Column(
            "p_value",
            F64,
            "hypergeometric: chance of as many clusters if replacements were shuffled among the places; 1 in one cluster only",
        ),
        Column(
            "q_value", F64, "Benjamini-Hochberg over all pairs of a word replaced, and one put, in two clusters or more"
        ),
        Column("post_ids", S, "JSON list of the earliest post of each wording"),
        Column("cluster_ids", S, "JSON list"),
    ),
)

PICTURE_CLUSTERS = Table(
    "picture_clusters",
    "one image or clip that several posts carry, the same bytes or near-identical",
    (
        Column("cluster_id", S, "P1, P2 ... most accounts first"),
        Column("sha256", S, "its representative: the largest file of its most frequent form"),
        Column("files", I32, "distinct files"),
        Column("posts", I64, "posts of the case that carry it"),
        Column("accounts", I32, "accounts of the case that carry it, or show it as their profile's picture"),
        Column("use", S, "post or avatar"),
        Column("kind", S, "image or video"),
        Column("platforms", S, "comma-separated"),
        Column("first_us", I64, "first post; NULL without times", _n),
        Column("last_us", I64, "last post; NULL without times", _n),
        Column("background_accounts", I32, "accounts of the control crowd that carry it"),
        Column("ordinary", S, "why it is no object of its own: in the control, plain picture, default avatar", _n),
    ),
)

PICTURE_COPIES = Table(
    "picture_copies",
    "one file of a cluster of pictures",
    (
        Column("cluster_id", S, "see picture_clusters"),
        Column("sha256", S, "of the file"),
        Column("role", S, "case or control"),
        Column("distance", I32, "bits of 256 by which its PDQ hash differs from the representative's, best frames"),
        Column("how", S, "same bytes, near-identical, or part: joined by details that survive crops"),
        Column("posts", I64, "posts with it"),
        Column("accounts", I32, "accounts with it"),
    ),
)

NEAR_ACTIONS = Table(
    "near_actions", "one post of the case with a cluster of near-identical texts or pictures", ACTIONS.columns
)

NEAR_ACTIONS_CONTROL = Table("near_actions_control", "the same of the control crowd", ACTIONS.columns)
