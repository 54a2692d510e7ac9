"""Looking at a table as a map: where its rows lie, and what stands there."""
