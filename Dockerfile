# syntax=docker/dockerfile:1

FROM node:20.20.2-bookworm AS web
WORKDIR /src/app/web
COPY app/web/package.json app/web/package-lock.json app/web/.npmrc ./
RUN npm ci
COPY openapi /src/openapi
COPY app/web ./
RUN npm run build

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/app/web/dist app/web/dist
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
    -ldflags "-s -w -X main.version=${VERSION}" -o /out/baimi ./cmd/baimi
# What the last stage holds beside the program: its user, its data folder.
RUN echo 'baimi:x:10001:10001::/var/lib/baimi:/sbin/nologin' >/out/passwd \
    && echo 'baimi:x:10001:' >/out/group \
    && install -d -m 0700 /out/data

# The program is one static file and needs no system around it: certificates of
# the authorities for outgoing TLS, and Go's own copy of the time zones.
FROM scratch
COPY --from=build /out/passwd /out/group /etc/
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=build --chown=10001:10001 /out/data /var/lib/baimi
COPY --from=build /out/baimi /baimi

ENV ZONEINFO=/zoneinfo.zip \
    BAIMI_LISTEN=0.0.0.0:8080 \
    BAIMI_DATA_DIR=/var/lib/baimi
USER 10001:10001
WORKDIR /var/lib/baimi
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/baimi", "doctor", "--ready", "http://127.0.0.1:8080"]
ENTRYPOINT ["/baimi"]
CMD ["serve"]
