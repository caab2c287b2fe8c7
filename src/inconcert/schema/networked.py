"""Tables of the runs `detect` and `cluster`: pairs, groups, accounts, and what they rest on."""

from __future__ import annotations

from inconcert.schema.table import F64, I32, I64, Column, S, Table

_n = True

PAIR_LAYERS = Table(
    "pair_layers",
    "one pair of accounts under one kind of action and one time scale",
    (
        Column("source", S, "account, the smaller id"),
        Column("target", S, "account, the larger id"),
        Column("kind", S, ""),
        Column("window_us", I64, "NULL: untimed", _n),
        Column("n_objects", I32, "distinct objects on which both acted within the window (first actions)"),
        Column("n_common", I32, "distinct objects on which both acted at any time"),
        Column("expected", F64, "n_objects expected by chance"),
        Column("p_value", F64, "chance of n_objects or more, popularity x activity x synchrony null"),
        Column("p_conditional", F64, "chance of n_objects or more given the objects both touched"),
    ),
)

EDGES = Table(
    "edges",
    "one pair of accounts, all kinds and scales together",
    (
        Column("source", S, "account, the smaller id"),
        Column("target", S, "account, the larger id"),
        Column("p_value", F64, "Cauchy combination over kinds and scales"),
        Column("q_value", F64, "Benjamini-Hochberg over all pairs of accounts, observed or not"),
        Column(
            "p_conditional", F64, "chance of such synchrony given the objects both touched, kinds and scales combined"
        ),
        Column("q_conditional", F64, "Benjamini-Hochberg over all pairs with three objects in common or more"),
        Column("n_objects", I32, "distinct objects at the most telling kind and scale"),
        Column("kind", S, "most telling kind"),
        Column("window_us", I64, "most telling scale; NULL: untimed", _n),
        Column("overlap", F64, "bits of surprise of the objects in common, beyond popularity and activity"),
        Column("synchrony", F64, "share of the common objects acted on within the window"),
        Column("exclusivity", F64, "share of the common objects that at most one further account touched"),
        Column("level", S, "L0 or L1"),
    ),
)

WITNESSES = Table(
    "witnesses",
    "one object two accounts acted on, with the two posts that prove it",
    (
        Column("group_id", S, "NULL for an edge outside groups", _n),
        Column("source", S, ""),
        Column("target", S, ""),
        Column("kind", S, ""),
        Column("object_id", S, ""),
        Column("source_post_id", S, ""),
        Column("target_post_id", S, ""),
        Column("gap_us", I64, "time between the two first actions; NULL when a time is missing", _n),
        Column("popularity", I32, "accounts that acted on the object"),
        Column("chance", F64, "probability that these two accounts both act on it, and this close, by chance", _n),
    ),
)

ACCOUNT_TESTS = Table(
    "account_tests",
    "one account under one kind and scale: how often somebody acted with it",
    (
        Column("account_id", S, ""),
        Column("kind", S, ""),
        Column("window_us", I64, ""),
        Column("n_objects", I32, "objects it acted on that a second account touched"),
        Column("hits", I32, "of them, acted on by a second account within the window"),
        Column("expected", F64, "hits expected of an ordinary account at the reference rates"),
        Column("p_value", F64, "Poisson-binomial upper tail at the reference rates"),
    ),
)

GROUPS = Table(
    "groups",
    "one group of accounts",
    (
        Column("group_id", S, "G1, G2 ... strongest first"),
        Column("level", S, "L0, L1 or L2: the only word pages and texts may print"),
        Column("size", I32, "accounts"),
        Column("q_value", F64, "chance of being wrong: BH over all candidate groups, on held-out objects"),
        Column("p_heldout", F64, "held-out objects against the reference rate, splits combined"),
        Column("p_permutation", F64, "held-out objects against degree-preserving permutations", _n),
        Column("p_conditional", F64, "synchrony given the objects shared", _n),
        Column("p_day_shift", F64, "against timelines shifted by whole days", _n),
        Column("stability", F64, "mean Jaccard of membership over bootstrap samples of objects", _n),
        Column(
            "found_by",
            S,
            "components, communities, meetings, linked pairs or pairs; see network/discover",
        ),
        Column("kind", S, "kind of action it was found on; 'combined' for several"),
        Column("window_us", I64, "scale it was found on; NULL: untimed or combined", _n),
        Column("popularity_cap", I32, "objects touched by more accounts were not used to find it", _n),
        Column("n_objects", I32, "objects that at least two members acted on within the window"),
        Column("n_posts", I64, "posts by members"),
        Column("evidence_kinds", S, "kinds with evidence of their own, comma-separated"),
        Column("evidence_windows", S, "scales with evidence of their own, microseconds, comma-separated"),
        Column("overlap", F64, "co-shared objects inside the group over what popularity and activity predict"),
        Column("synchrony", F64, "share of co-shared objects inside the group within the window"),
        Column("reference_rate", F64, "the same share in the reference crowd"),
        Column("exclusivity", F64, "share of the group's shared objects that no other account touched"),
        Column("innocent", S, "JSON list of innocent explanations that fit, each {name, why}"),
        Column("why_not_higher", S, "what the next level would need, in words"),
    ),
)

MEMBERS = Table(
    "members",
    "one account in one group",
    (
        Column("group_id", S, ""),
        Column("account_id", S, ""),
        Column("membership", F64, "share of bootstrap samples in which it is in the group, 0 to 1"),
        Column("n_partners", I32, "members it acted with within the window"),
        Column("x", F64, "position in the network picture"),
        Column("y", F64, "position in the network picture"),
    ),
)

SCORES = Table(
    "scores",
    "one account of the case: what `export accounts.csv` writes",
    (
        Column("account_id", S, ""),
        Column("platform", S, ""),
        Column("group_id", S, "strongest group it belongs to", _n),
        Column("level", S, "level of that group, or of the account's own evidence"),
        Column("q", F64, "smallest q-value over pair, account and group tests"),
        Column("score", F64, "strength of evidence, bits; comparable within the case, for ranking"),
        Column("n_posts", I64, "posts in the case: the volume baseline to hold beside the score"),
        Column("q_account", F64, "q-value of the account test", _n),
        Column("q_pair", F64, "smallest q-value of its edges", _n),
        Column("q_group", F64, "q-value of its group", _n),
    ),
)

CALIBRATION = Table(
    "calibration",
    "what the same procedure gives on one permuted copy of the data, in which nobody acts with anybody",
    (
        Column("copy", I32, "number of the permuted copy; 0 is the data themselves"),
        Column("edges", I64, "edges at q <= alpha"),
        Column("accounts", I64, "accounts in such an edge"),
        Column("groups", I64, "confirmed groups"),
    ),
)

REFERENCE = Table(
    "reference",
    "one rate of ordinary synchrony that a test used",
    (
        Column("kind", S, ""),
        Column("window_us", I64, ""),
        Column("popularity_min", I32, "fewest accounts on the object"),
        Column("popularity_max", I32, "most accounts on the object; NULL: no bound", _n),
        Column("account_rate", F64, "chance that an ordinary action has a partner within the window, upper rate used"),
        Column(
            "pair_rate", F64, "chance that two ordinary actions on an object fall within the window, upper rate used"
        ),
        Column("own_above", F64, "how far the data's own pair rate lies above the reference crowds, in their sd", _n),
        Column("crowds", S, "crowds it rests on, comma-separated"),
        Column("actions", I64, "actions it rests on"),
        Column("origin", S, "control, profiles or own data"),
    ),
)
