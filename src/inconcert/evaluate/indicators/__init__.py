"""Does each indicator keep quiet in clean worlds, and find what was planted: one file of trials an indicator."""
