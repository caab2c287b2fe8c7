"""What is told: the findings of a case as pages that an editor can read, print and check."""
