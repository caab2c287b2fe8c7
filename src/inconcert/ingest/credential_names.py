"""What credentials are called, and what keys look like that are known by their form alone."""

from __future__ import annotations

import re

NAMES = (
    r"(?:access|refresh|auth|oauth|bearer|session)_?token(?:_?secret)?|(?:client|consumer|app|api)_?secret|api_?key|secret_?key|"
    r"private_?key|session_?string|(?-i:sessionid)|sessdata|li_at|z_c0"
)
"""Names of members, columns and settings that hold one."""

PASSWORDS = "password|passwd"
HEADS = "cookie|set-cookie|authorization|proxy-authorization"
"""Heads of HTTP that hold one."""

SETTINGS = "SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY|API_HASH"
"""Parts of the names of settings that hold one."""

BLANKED = re.compile(rb"(?i)(.)\1{5,}|redacted|removed|hidden|\*{3}|<|\[")
"""Values that somebody took out already."""

LONGEST_BYTES = 4_000
"""Longer values are no credentials but data."""

KEYS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(rb"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r){1,8}[A-Za-z0-9+/=:]{16,}"),
        "a private key",
    ),
    (
        re.compile(rb"(?<![A-Za-z0-9+/])(?:AKIA|ASIA)(?=[A-Z]{0,15}[2-7])[A-Z2-7]{16}(?![A-Za-z0-9+/])"),
        "a key of Amazon Web Services",
    ),
    (re.compile(rb"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})"), "a token of GitHub"),
    (re.compile(rb"(?<![A-Za-z0-9_])xox[abprs]-\d{6,}-[A-Za-z0-9-]{16,}"), "a token of Slack"),
    (re.compile(rb"(?<![A-Za-z0-9_])ya29\.[A-Za-z0-9_-]{40,}"), "an access token of Google"),
)
"""Keys that are unmistakable in running text, and what to call them."""

# RE2 has no look-behind: what it lets through is looked at with the patterns above
KEYS_SCREEN = (
    r"PRIVATE KEY(?: BLOCK)?-----|(?:AKIA|ASIA)[A-Z2-7]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{9}|"
    r"xox[abprs]-\d{6}|ya29\.[A-Za-z0-9_-]{9}"
)
"""What a text must match to hold one of KEYS, in the language of RE2."""
