"""Names: those that contradict each other, imitate others, or recur on other platforms."""
