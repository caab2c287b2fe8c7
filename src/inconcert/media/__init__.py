"""Media files: opened safely, hashed, read; nothing here knows posts or accounts."""
