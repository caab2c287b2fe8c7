"""Who answers, follows, tags and passes on."""
