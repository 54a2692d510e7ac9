"""The demonstration's past: a plan of what everybody did, and the walk that does it day by day."""
