"""Who is behind a group: rival hypotheses, what each piece of evidence weighs under each, and what would settle it."""
