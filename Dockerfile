# Parley whole: the server, the web client already built, and its own Postgres for when DATABASE_URL
# is unset. It runs as an ordinary user on a read-only file system and writes to /data and /tmp alone.
FROM oven/bun:1.4.5-slim AS build
WORKDIR /app
COPY package.json bun.lock tsconfig.base.json ./
COPY patches ./patches
RUN bun install --frozen-lockfile --production --ignore-scripts
COPY LICENSE ./
COPY drizzle ./drizzle
COPY src ./src
COPY web ./web
# Not `bun run build`: that would look for the Bun in node_modules, and the image has its own.
RUN bun src/scripts/build.ts
# What only the build needs, as far as it weighs something.
RUN rm -rf web node_modules/.bin node_modules/@babel node_modules/@fontsource \
  node_modules/@fontsource-variable node_modules/@oven node_modules/@rolldown node_modules/bun \
  node_modules/caniuse-lite node_modules/lightningcss node_modules/lightningcss-* \
  node_modules/lucide node_modules/rolldown node_modules/vite

FROM oven/bun:1.4.5-slim
# A new volume takes over this owner; a directory of the host has to be given to user 1000.
RUN install --directory --owner=1000 --group=1000 --mode=0700 /data
ENV DATA_DIR=/data
WORKDIR /app
# All of it from the build and nothing from the context: a source newer than the built client would
# have the client built again at the start, and there is nothing left to build it with.
COPY --from=build /app ./
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bun", "-e", "process.exit((await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`)).ok ? 0 : 1)"]
CMD ["bun", "src/main.ts"]
