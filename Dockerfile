# Stormlykta: the app is built in the first stage; the second runs the server, as nobody special, with one volume.
FROM node:22-bookworm-slim AS app
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY web web
RUN npm run build

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY pyproject.toml README.md ./
COPY server server
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .
COPY checklists checklists
COPY --from=app /build/web/dist web
RUN useradd --system --uid 10001 --home-dir /data stormlykta && mkdir /data && chown stormlykta /data
USER stormlykta
VOLUME /data
ENV STORMLYKTA_DATA=/data STORMLYKTA_WEB=/app/web PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["stormlykta", "serve", "--host", "0.0.0.0", "--port", "8000"]
