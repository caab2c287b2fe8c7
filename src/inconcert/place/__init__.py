"""Where the people behind a group may sit: every clue with its weight, and the ways it can deceive."""
