"""`make run` on a bare machine: PostgreSQL and Redis from wheels, and who watches them.

Nothing here imports Django: the site's own commands run as child processes, so
that a mistake in the settings shows as one sentence and not as a traceback.
Linux only (process death signals, /proc).
"""
