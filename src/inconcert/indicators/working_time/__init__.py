"""When a group works: hours, zone, weekdays, holidays."""
