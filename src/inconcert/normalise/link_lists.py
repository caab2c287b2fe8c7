"""What is known of links: parameters that only track, services that shorten, stores whose parameters say nothing."""

from __future__ import annotations

TRACKING: frozenset[str] = frozenset(
    {
        # campaign and click ids of advertising systems
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
        "li_fat_id", "igshid", "igsh", "mibextid", "rb_clickid", "s_cid", "zanpid", "epik", "gad_source", "srsltid",
        # newsletters and marketing tools
        "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "hsctatracking", "vero_id", "vero_conv", "oly_anon_id",
        "oly_enc_id", "ml_subscriber", "ml_subscriber_hash", "elqtrackid", "sc_campaign", "sc_channel", "trk",
        "trkcampaign", "wickedid", "_openstat", "cmpid", "ns_campaign", "ns_source", "ns_mchannel", "__twitter_impression",
        # where the reader came from
        "ref_src", "ref_url", "share_from", "share_source", "share_medium", "share_token",
        "spm", "spm_id_from", "vd_source", "scm", "from_source", "xtor", "smid", "smtyp", "at_medium", "at_campaign",
        "cmp", "intcmp", "ocid", "ncid", "reflink", "feedname", "feedtype",
        "amp_js_v", "usqp", "amp_gsa", "amp", "outputtype",
    }
)  # fmt: skip
"""Query parameters that do not change what a link shows; case does not matter."""

TRACKING_PREFIXES: tuple[str, ...] = (
    "utm_",
    "hsa_",
    "pk_",
    "mtm_",
    "piwik_",
    "matomo_",
    "at_custom",
    "__cft__",
    "__tn__",
)
"""The same, by the beginning of the name."""

HOST_TRACKING: dict[str, frozenset[str]] = {
    "twitter.com": frozenset({"s", "t", "cxt", "ref", "lang"}),
    "facebook.com": frozenset({"fref", "hc_ref", "ref", "refid", "rdid", "_rdr"}),
    "instagram.com": frozenset({"hl", "img_index"}),
    "tiktok.com": frozenset({"_t", "_r", "is_from_webapp", "sender_device", "web_id", "is_copy_url"}),
    "reddit.com": frozenset({"context", "ref", "rdt"}),
    "nytimes.com": frozenset({"_r"}),
    "washingtonpost.com": frozenset({"tid", "hpid"}),
    "mp.weixin.qq.com": frozenset(
        {"chksm", "scene", "subscene", "srcid", "mpshare", "from", "isappinstalled", "clicktime"}
    ),
    "open.spotify.com": frozenset({"si"}),
}
"""The same, on one host."""

SHORTENERS: frozenset[str] = frozenset(
    {
        "t.co", "bit.ly", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "v.gd", "buff.ly", "dlvr.it", "ift.tt", "fb.me",
        "lnkd.in", "t.cn", "url.cn", "dwz.cn", "suo.im", "cutt.ly", "rb.gy", "rebrand.ly", "shorturl.at", "tiny.cc",
        "trib.al", "wp.me", "j.mp", "bit.do", "clck.ru", "vk.cc", "goo.su", "t.ly", "s.id", "adf.ly", "snip.ly",
        "shar.es", "hubs.ly", "po.st", "tr.im", "x.co", "su.pr", "mcaf.ee", "qr.ae", "flip.it", "amzn.to", "nyti.ms",
        "wapo.st", "reut.rs", "bbc.in", "cnn.it", "fxn.ws", "bloom.bg", "on.wsj.com", "gu.com", "hill.cm", "politi.co",
        "vm.tiktok.com", "vt.tiktok.com", "spoti.fi", "apple.co", "zcu.io", "aje.io", "sptnkne.ws",
        "on.rt.com", "ebx.sh", "p.dw.com", "ur1.ca", "mzl.la", "tcrn.ch", "dailym.ai", "huff.to",
    }
)  # fmt: skip
"""Hosts whose links hide where they lead. Such a link is an object of its own: it is never resolved or altered."""

MEDIA_DOMAINS: frozenset[str] = frozenset({"twimg.com", "fbcdn.net", "cdninstagram.com"})
"""Image stores: the parameters there are a size or a signature, new on every visit."""
