"""How accounts and groups behave: one file an indicator, each beside its control."""
