# The page on a web server of its own: `make build`, then `docker build --tag chartwright .`
# Runs as no root on a read-only root filesystem; all that it writes is below /tmp.

# Every text is compressed once, as small as it gets, so that the server never has to.
FROM --platform=$BUILDPLATFORM docker.io/library/busybox:1.37.0@sha256:9532d8c39891ca2ecde4d30d7710e01fb739c87a8b9299685c63704296b16028 AS packed
COPY dist /srv
RUN find /srv -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.json' -o -name '*.wasm' -o -name '*.svg' -o -name '*.txt' -o -name '*.bin' -o -name '*.yaml' \) \
      -exec sh -c 'gzip -9 -c "$1" >"$1.gz"' sh {} \; && \
    find /srv -type d -exec chmod 755 {} + && find /srv -type f -exec chmod 644 {} +

FROM docker.io/nginxinc/nginx-unprivileged:1.31.6-alpine@sha256:b9241c6e7b8e9a862f129d8d4199ab64b10390949a78bdd5603379b32c844083
LABEL org.opencontainers.image.title="Chartwright" \
      org.opencontainers.image.description="Configure Helm charts in the browser and see the exact manifests that Helm would render" \
      org.opencontainers.image.source="https://github.com/chartwright/chartwright" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY container/nginx.conf /etc/nginx/nginx.conf
COPY --from=packed /srv /srv
# A number, so that Kubernetes can see that it is not root's.
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGQUIT
# The image's own entry point changes files below /etc, which cannot be written here.
ENTRYPOINT ["nginx", "-c", "/etc/nginx/nginx.conf", "-e", "stderr", "-g", "daemon off;"]
