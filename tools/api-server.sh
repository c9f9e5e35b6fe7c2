#!/usr/bin/env bash
# Runs a command beside a real kube-apiserver with Pod Security admission, on loopback, and takes it away again. No node, no controller.
#   tools/api-server.sh COMMAND…
# The command finds it by KUBECONFIG and KUBE_CONTEXT. tools/oracles.sh api-server installs the programs; without them this exits with 69.
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }

bin=${CHARTWRIGHT_ORACLES:-$HOME/.cache/chartwright-oracles}
for program in etcd kube-apiserver; do
  [ -x "$bin/$program" ] || { echo "api-server: no $program in $bin: tools/oracles.sh api-server" >&2; exit 69; }
done
for program in kubectl openssl; do
  command -v "$program" >/dev/null || { echo "api-server: needs $program" >&2; exit 69; }
done

state=$(mktemp -d "${TMPDIR:-/tmp}/api-server.XXXXXX")
started=()
# shellcheck disable=SC2317  # run by the traps
ended() {
  local status=$1 pid
  trap - EXIT
  trap '' INT TERM
  for pid in ${started[@]+"${started[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${started[@]+"${started[@]}"}; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$state"
  exit "$status"
}
trap 'ended $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Ports that nobody listens on: which ones is left to chance, so that several of these run beside each other.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}
client=$(free_port) peer=$(free_port) secure=$(free_port)

openssl genrsa -out "$state/sa.key" 2048 2>/dev/null
openssl rsa -in "$state/sa.key" -pubout -out "$state/sa.pub" 2>/dev/null
token=$(openssl rand -hex 16)
echo "$token,admin,admin,system:masters" >"$state/tokens.csv"

"$bin/etcd" --data-dir "$state/etcd" --unsafe-no-fsync --listen-client-urls "http://127.0.0.1:$client" --advertise-client-urls "http://127.0.0.1:$client" \
  --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
  --initial-cluster "default=http://127.0.0.1:$peer" >"$state/etcd.log" 2>&1 &
started=($!)
# Without a controller nobody makes the service accounts that its plugin asks for.
"$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$client" --bind-address=127.0.0.1 --secure-port="$secure" --cert-dir="$state/certificates" \
  --service-account-issuer=https://localhost --service-account-key-file="$state/sa.pub" --service-account-signing-key-file="$state/sa.key" \
  --token-auth-file="$state/tokens.csv" --authorization-mode=RBAC --service-cluster-ip-range=10.0.0.0/16 \
  --disable-admission-plugins=ServiceAccount --allow-privileged=true >"$state/server.log" 2>&1 &
started=($! "${started[@]}")

export KUBECONFIG=$state/kubeconfig KUBE_CONTEXT=local
cat >"$KUBECONFIG" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{name: local, cluster: {server: "https://127.0.0.1:$secure", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: "$token"}}]
contexts: [{name: local, context: {cluster: local, user: admin}}]
current-context: local
CONFIG
for _ in $(seq 300); do
  kill -0 "${started[0]}" 2>/dev/null || break
  if kubectl get --raw /readyz >/dev/null 2>&1; then
    status=0
    "$@" || status=$?
    exit "$status"
  fi
  sleep 0.2
done
echo 'api-server: it did not get ready' >&2
tail -n 5 "$state/server.log" >&2
exit 1
