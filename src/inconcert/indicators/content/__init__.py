"""What is told and when: storylines, events, official outlets."""
