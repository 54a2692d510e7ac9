"""The bottom room: imports nothing of ours and no Django, so that everything may stand on it."""
