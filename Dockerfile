# One image for every process of Oversight; docker-compose.yml says which runs what.
FROM python:3.12-slim-bookworm AS packages
COPY requirements/bootstrap.txt requirements/runtime.txt /requirements/
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r /requirements/bootstrap.txt \
 && /venv/bin/python -m uv pip install --no-cache --python /venv/bin/python --compile-bytecode \
      --no-deps --require-hashes -r /requirements/runtime.txt

# What set-up makes: the design system (npm), translations, the model pack and the static files.
FROM packages AS made
RUN apt-get update && apt-get install --yes --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN /venv/bin/python -m oversight.interface.assets \
 && /venv/bin/python -m oversight.site.catalogue compile \
 && /venv/bin/python -m recognition.engines.build \
 && OVERSIGHT_SECRET_DJANGO_KEY=only-to-collect-files /venv/bin/python manage.py collectstatic --no-input --verbosity=0 \
 && rm -rf var/cache var/secrets

FROM python:3.12-slim-bookworm AS oversight
RUN useradd --system --uid 10001 --home-dir /app oversight \
# Mount points of volumes take their owner from here.
 && install -d -o oversight -m 700 /keys/probes /keys/checkpointer && install -d -o oversight /ledger
COPY --from=packages /venv /venv
WORKDIR /app
COPY --chown=oversight --from=made /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=oversight.site.settings
USER oversight
EXPOSE 8000
CMD ["gunicorn", "oversight.site.wsgi", "--config", "python:oversight.site.stack.gunicorn", "--bind", "0.0.0.0:8000"]
