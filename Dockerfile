# returns903 as a command: docker run --rm --network none -v "$PWD:/data:ro" returns903 validate /data/return
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY src ./src
COPY schemas ./schemas
COPY examples ./examples
RUN python -m venv /opt/returns903 && /opt/returns903/bin/pip install --no-cache-dir ".[all]"

FROM python:3.13-slim
COPY --from=build /opt/returns903 /opt/returns903
ENV PATH="/opt/returns903/bin:$PATH" PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home --uid 1000 officer
USER officer
WORKDIR /data
ENTRYPOINT ["returns903"]
CMD ["--help"]
