"""Whether a group belongs to a known operation: what both have in common, and how rare that is."""
