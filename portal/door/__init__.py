"""The door of a web process: the event loop reads what people send, threads make the answers.

The server (granian, ASGI) hands every request to `portal.asgi`. A body is read here, within limits
of size and time that its address sets (`limits`), before one of the few threads is taken; a file
that is uploaded goes through threads of its own. So nobody holds a page's thread by sending slowly.
"""
