"""Tables of the run `indicators`: what accounts and groups are like, each measure beside its control."""

from __future__ import annotations

from inconcert.schema.table import F64, I32, I64, Column, S, Table

_n = True

INDICATORS = Table(
    "indicators",
    "one measure of one indicator on one subject",
    (
        Column("reading", I64, "number of the row, from 1; points and witnesses refer to it"),
        Column("indicator", S, "name, as `inconcert detectors` lists it"),
        Column("measure", S, "which of its measures"),
        Column("family", S, "evidence of one family counts once: activity, creation, avatars, automation, repurposing, persona, "
               "engagement, place, content or none"),
        Column("subject", S, "what was measured: group, account, pair, post, hashtag, followed, event, storyline or case"),
        Column("subject_id", S, ""),
        Column("group_id", S, "group the subject is or belongs to", _n),
        Column("state", S, "found (q at most alpha), not found, described (nothing is tested) or too little"),
        Column("n", I64, "size of the sample"),
        Column("unit", S, "what was sampled: posts, accounts, followers, ..."),
        Column("value", F64, "the effect; NULL with too little to say", _n),
        Column("low", F64, "lower end of its 95 % interval; of a scale that ends in (bounds), its lower bound", _n),
        Column("high", F64, "upper end", _n),
        Column("scale", S, "what the value is: share, ratio, hours, days, seconds, count, ..."),
        Column("control", F64, "the same in the control", _n),
        Column("n_control", I64, "size of the control's sample", _n),
        Column("p_value", F64, "chance of as much in ordinary behaviour; NULL: not tested", _n),
        Column("q_value", F64, "Benjamini-Hochberg over all tests on groups that bear on authenticity, over all others on groups, or over those of this indicator on other subjects", _n),
        Column("lr", F64, "likelihood ratio against the ordinary explanation, capped", _n),
        Column("lr_low", F64, "lower end of its range: what the claim ladder counts", _n),
        Column("lr_high", F64, "upper end", _n),
        Column("says", S, "one sentence of what was measured, true whatever the state"),
        Column("lacking", S, "what a larger sample would need; NULL unless too little", _n),
    ),
)  # fmt: skip

INDICATOR_POINTS = Table(
    "indicator_points",
    "one thing that the figure of a reading draws",
    (
        Column("reading", I64, "see indicators"),
        Column("layer", S, "which part of the figure"),
        Column("x", F64, "", _n),
        Column("x_end", F64, "where a span or a bin ends", _n),
        Column("y", F64, "", _n),
        Column("low", F64, "", _n),
        Column("high", F64, "", _n),
        Column("label", S, "", _n),
    ),
)

INDICATOR_WITNESSES = Table(
    "indicator_witnesses",
    "one post or account that a reading rests on",
    (
        Column("reading", I64, "see indicators"),
        Column("account_id", S, ""),
        Column("post_id", S, "NULL: the account itself", _n),
        Column("why", S, "what it shows"),
    ),
)

INDICATORS_NOT_RUN = Table(
    "indicators_not_run",
    "one indicator that the data do not allow",
    (
        Column("indicator", S, ""),
        Column("needs", S, "columns or tables it lacks, comma-separated; see schema"),
    ),
)

CONTROLS = Table(
    "controls",
    "one account that a group is compared with",
    (
        Column("group_id", S, ""),
        Column("account_id", S, "account in no group"),
        Column("source", S, "data, control (an import of that role) or list (given by the user)"),
        Column("distance", F64, "how unlike the member it was matched to, in standard deviations", _n),
    ),
)

CONTROL_BALANCE = Table(
    "control_balance",
    "how well one trait of a group's control matches the group",
    (
        Column("group_id", S, ""),
        Column("trait", S, "posts, first post, last post, platform, language, topic ..."),
        Column("mean_group", F64, "", _n),
        Column("mean_control", F64, "", _n),
        Column("difference", F64, "standardised mean difference; beyond 0.25 the match is poor", _n),
        Column("accounts", I32, "members"),
        Column("accounts_control", I32, "accounts in the control"),
    ),
)

STANDINGS = Table(
    "standings",
    "how far the evidence on one group carries, with that of its indicators",
    (
        Column("group_id", S, ""),
        Column("level", S, "L0 to L3: the only word pages and texts may print"),
        Column(
            "families",
            S,
            "JSON list of {kind, family, indicator, measure, lr_low}: evidence on authenticity that counts, one of each kind",
        ),
        Column("why_not_higher", S, "what the next level would need, in words"),
    ),
)
