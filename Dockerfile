# The bot in a small image: built in one stage, run in another as a user without rights, from a root
# file system that may be read-only. What is installed is pinned with hashes (scripts/locked).
#
#   docker build -t on-the-record .
#
# Everything that changes lies in /state; articles are expected in /corpus, read-only.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY scripts/locked scripts/locked
RUN python -m venv /opt/onrecord \
 && /opt/onrecord/bin/pip install --require-hashes --only-binary :all: -r scripts/locked/run.txt \
 && pip install --require-hashes --only-binary :all: -r scripts/locked/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY retrieval retrieval
COPY bot bot
RUN pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheel . \
 && /opt/onrecord/bin/pip install --no-deps --no-index /wheel/*.whl \
 && /opt/onrecord/bin/pip uninstall --yes pip

FROM python:3.13-slim-bookworm
COPY --from=build /opt/onrecord /opt/onrecord
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord \
 && install -d -o onrecord -g onrecord -m 0700 /state \
 && install -d -m 0755 /corpus
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ONRECORD_STATE=/state/state.sqlite3 \
    ONRECORD_INDEX=/state/index \
    ONRECORD_HEARTBEAT=/tmp/heartbeat
USER 10001:10001
WORKDIR /state
VOLUME /state
STOPSIGNAL SIGTERM
# The bot touches the file every few seconds for as long as it answers anybody.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5m --retries=3 \
    CMD ["/bin/sh", "-c", "test -n \"$(find \"$ONRECORD_HEARTBEAT\" -newermt '-60 seconds')\""]
ENTRYPOINT ["onrecord"]
CMD ["run"]
