#!/usr/bin/env bash
# Everything that is fetched, each with its version. A variable of the environment wins: POSTGRES_CHART_VERSION=0.29.0 make init-postgres
# Images are pinned by digest where their project publishes one. docs/adr/ says why these.
# shellcheck disable=SC2034  # read by the scripts that source this file

# What the tools must be able to do: kind's network plugin enforces policies since 0.24, the charts want Kubernetes 1.31 or later.
KIND_MINIMUM="${KIND_MINIMUM:-0.24}"
KUBECTL_MINIMUM="${KUBECTL_MINIMUM:-1.30}"
HELM_MINIMUM="${HELM_MINIMUM:-3.17}"

KIND_NODE_IMAGE="${KIND_NODE_IMAGE:-kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5}"

# A chart is a name in its repository, or the path of a folder or archive where the repository cannot be reached.
TRAEFIK_REPOSITORY="${TRAEFIK_REPOSITORY:-https://traefik.github.io/charts}"
TRAEFIK_CHART="${TRAEFIK_CHART:-traefik}"
TRAEFIK_CHART_VERSION="${TRAEFIK_CHART_VERSION:-41.5.0}"

POSTGRES_REPOSITORY="${POSTGRES_REPOSITORY:-https://cloudnative-pg.github.io/charts}"
POSTGRES_CHART="${POSTGRES_CHART:-cloudnative-pg}"
POSTGRES_CHART_VERSION="${POSTGRES_CHART_VERSION:-0.29.1}"
POSTGRES_IMAGE="${POSTGRES_IMAGE:-ghcr.io/cloudnative-pg/postgresql:18.6-202608170814-minimal-trixie@sha256:eb7979e4bd7fccaec0369b550b9649eec1f014de04621fac6e653244e75cca46}"

REDIS_REPOSITORY="${REDIS_REPOSITORY:-https://valkey.io/valkey-helm/}"
REDIS_CHART="${REDIS_CHART:-valkey}"
REDIS_CHART_VERSION="${REDIS_CHART_VERSION:-0.11.0}"

# Stands in for the applications' images, and asks the questions of the integration test.
STAND_IN_REPOSITORY="${STAND_IN_REPOSITORY:-docker.io/library/busybox}"
STAND_IN_TAG="${STAND_IN_TAG:-1.37.0}"
STAND_IN_DIGEST="${STAND_IN_DIGEST:-sha256:9532d8c39891ca2ecde4d30d7710e01fb739c87a8b9299685c63704296b16028}"

# How long to wait, in seconds.
CLUSTER_TIMEOUT="${CLUSTER_TIMEOUT:-300}"
INGRESS_TIMEOUT="${INGRESS_TIMEOUT:-180}"
POSTGRES_TIMEOUT="${POSTGRES_TIMEOUT:-300}"
REDIS_TIMEOUT="${REDIS_TIMEOUT:-180}"
DEPLOY_TIMEOUT="${DEPLOY_TIMEOUT:-300}"
ROLLBACK_TIMEOUT="${ROLLBACK_TIMEOUT:-120}"
