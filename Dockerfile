# The environment of `make`, from the same constraints. CI does not build this image; whoever uses it does.
#
#   docker build -t customer-health .
#   docker run --rm -v "$PWD/data:/srv/warehouse/data" customer-health make run
#   docker run --init -v "$PWD/data:/srv/warehouse/data" -p 127.0.0.1:3000:3000 customer-health \
#       make ui HOST=0.0.0.0
#
# The UI has no login: keep its port on this machine, behind a proxy that asks for one.
FROM python:3.13-slim

RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 warehouse && mkdir /srv/warehouse && chown warehouse /srv/warehouse
USER warehouse
WORKDIR /srv/warehouse

# Packages change less often than the project, so they are a layer of their own.
COPY --chown=warehouse Makefile pyproject.toml constraints.txt README.md ./
RUN make .venv/installed

COPY --chown=warehouse . .
# The copied files are newer than the environment, which holds what they ask for.
RUN touch .venv/installed

CMD ["make", "run"]
