"""The entry point of the web server: the door in front of the WSGI application."""

from portal.door.door import Door
from portal.wsgi import application as pages

application = Door(pages)
