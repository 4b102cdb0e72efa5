FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/assay && /opt/assay/bin/pip install --no-cache-dir -c constraints.txt '.[postgres]'

FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 assay && mkdir /data && chown assay /data
COPY --from=build /opt/assay /opt/assay
USER assay
ENV PATH=/opt/assay/bin:$PATH DATABASE_URL=sqlite:////data/assay.db PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-m", "bot.alive"]
CMD ["assay", "run"]
