"""Generated worlds with known truth: ordinary crowds, honest groups that act in concert, covert operations."""
