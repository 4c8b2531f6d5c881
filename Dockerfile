# The same code and settings as `make run`, with PostgreSQL and Valkey given from outside.
# not the slim one: the matching engine is compiled here
FROM python:3.13 AS build
ENV UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir --target /opt/uv uv==0.13.9
WORKDIR /portal
COPY requirements/base.txt requirements/base.txt
RUN /opt/uv/bin/uv venv .venv && /opt/uv/bin/uv pip sync --compile-bytecode --require-hashes --python .venv/bin/python requirements/base.txt
COPY requirements/dev.txt requirements/dev.txt
RUN /opt/uv/bin/uv venv /opt/dev && /opt/uv/bin/uv pip sync --require-hashes --python /opt/dev/bin/python requirements/dev.txt
COPY apps apps
RUN /opt/dev/bin/python -m apps.screening.matching.compilation && test -d .compiled

FROM python:3.13-slim
RUN useradd --system --home /portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /var/lib/portal
WORKDIR /portal
COPY --from=build /portal/.venv .venv
COPY --from=build /portal/.compiled .compiled
COPY manage.py pyproject.toml ./
COPY requirements/base.txt requirements/base.txt
COPY caricom_portal caricom_portal
COPY apps apps
# no demo/: this is for real data, and load_demo says that it is not there
COPY bench bench
COPY docs docs
COPY templates templates
COPY static static
ENV PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=caricom_portal.settings \
    PORTAL_HOME=/var/lib/portal PORTAL_HOST=0.0.0.0 PORTAL_PORT=8000 STATIC_ROOT=/portal/collected
# the keys of this step are thrown away with the folder that they are made in
RUN PORTAL_HOME=/tmp/build python manage.py collectstatic --no-input -v0 && rm -rf /tmp/build \
    && python -m compileall -q apps bench caricom_portal
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-m", "caricom_portal.services", "healthy"]
ENTRYPOINT ["python", "-m", "caricom_portal.services"]
CMD ["web"]
