"""What a report says, as frozen facts; how it is kept as JSON."""
