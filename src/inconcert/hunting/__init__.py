"""Hunting: where a known passage or picture turns up, in any script variant, exact, near or in a picture."""
