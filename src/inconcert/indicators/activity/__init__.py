"""How accounts act: at the same moments, like a clock, or one after another."""
