"""What accounts and groups are like beside who acts with whom: languages, switches of them, profile pictures."""
