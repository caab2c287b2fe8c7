"""Rewritten copies: two texts aligned, what was put in the place of what, and which replacements recur."""
