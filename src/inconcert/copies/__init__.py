"""Same words, same pictures: copies, rewritten copies and reused images as objects that accounts have in common."""
