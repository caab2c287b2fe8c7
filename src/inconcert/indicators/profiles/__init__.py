"""What profiles show: when accounts were made, their handles, their pictures."""
