#!/usr/bin/env bash
# shellcheck disable=SC2154  # all of it runs within integration.test.sh
# The tests themselves: each is a function that fails, succeeds, or skips with its reason.

# ---- Tools -------------------------------------------------------------------------------------

case_of kubectl_is_new tools 'kubectl is new enough'
kubectl_is_new() { need_tool kubectl && at_least "$KUBECTL_MINIMUM" "$(version_of kubectl)"; }

case_of helm_is_new tools 'Helm is new enough'
helm_is_new() { need_tool helm && at_least "$HELM_MINIMUM" "$(version_of helm)"; }

case_of kind_is_new tools 'kind is new enough to enforce network policies'
kind_is_new() { need_tool kind && at_least "$KIND_MINIMUM" "$(version_of kind)"; }

case_of engine_answers tools 'the container engine answers'
engine_answers() {
  need_tool "${KIND_EXPERIMENTAL_PROVIDER:-docker}"
  [ "$engine_there" = yes ] || skip 'the engine does not run'
}

# ---- Cluster -----------------------------------------------------------------------------------

case_of server_is_ready cluster 'the API server is ready, with all of its checks'
server_is_ready() {
  need_server
  kube get --raw '/readyz?verbose' | grep -q 'readyz check passed'
}

case_of version_is_supported cluster 'its Kubernetes is one that the charts support'
version_is_supported() {
  need_server
  local minor
  minor=$(kube get --raw /version | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p')
  [ "$minor" -ge 31 ]
}

case_of nodes_are_three cluster 'one control plane with the ports, two workers'
nodes_are_three() {
  need_nodes
  [ "$(kube get nodes --selector ingress-ready=true,node-role.kubernetes.io/control-plane --output name | wc -l)" -eq 1 ]
  [ "$(kube get nodes --selector '!node-role.kubernetes.io/control-plane' --output name | wc -l)" -ge 2 ]
}

case_of nodes_are_ready cluster 'every node is ready'
nodes_are_ready() {
  need_nodes
  kube wait --for=condition=Ready nodes --all --timeout="${TEST_TIMEOUT}s"
}

case_of dns_runs cluster 'CoreDNS runs'
dns_runs() {
  need_nodes
  ready deployment/coredns kube-system
}

case_of standard_is_enforced cluster 'a privileged pod is refused where the restricted standard is enforced'
standard_is_enforced() {
  need_server
  make_stranger
  local said
  if said=$(kube run refused --image=refused --namespace "$stranger" --privileged --dry-run=server 2>&1); then
    echo 'it was let in'
    return 1
  fi
  grep -q 'violates PodSecurity "restricted' <<<"$said"
}

case_of namespaces_are_restricted cluster 'the namespaces of data and applications enforce the restricted standard'
namespaces_are_restricted() {
  need_server
  local in found=0
  for in in cnpg-system postgres redis kaggle-data; do
    kube get namespace "$in" >/dev/null 2>&1 || continue
    [ "$(kube get namespace "$in" --output jsonpath='{.metadata.labels.pod-security\.kubernetes\.io/enforce}')" = restricted ]
    found=$((found + 1))
  done
  [ "$found" -gt 0 ] || skip 'none of them is there'
}

# ---- Ingress -----------------------------------------------------------------------------------

case_of class_is_default ingress 'the class traefik is the default'
class_is_default() {
  need_server
  kube get ingressclass traefik >/dev/null 2>&1 || skip 'no ingress controller'
  [ "$(kube get ingressclass traefik --output jsonpath='{.metadata.annotations.ingressclass\.kubernetes\.io/is-default-class}')" = true ]
}

case_of controller_is_ready ingress 'the controller is ready, on the node with the ports'
controller_is_ready() {
  need_ports
  ready daemonset/traefik traefik
  local node
  node=$(kube get pods --namespace traefik --selector app.kubernetes.io/name=traefik --output jsonpath='{.items[0].spec.nodeName}')
  [ "$(kube get node "$node" --output jsonpath='{.metadata.labels.ingress-ready}')" = true ]
}

case_of http_answers ingress 'port 80 answers 404 for a host that nobody serves'
http_answers() {
  need_ports
  [ "$(http_status --header 'Host: nobody.localhost' http://127.0.0.1/)" = 404 ]
}

case_of https_answers ingress 'port 443 answers over TLS'
https_answers() {
  need_ports
  [ "$(http_status --resolve nobody.localhost:443:127.0.0.1 https://nobody.localhost/)" = 404 ]
}

case_of api_is_reached ingress 'the API is reached from this machine'
api_is_reached() {
  need_ports && need_applications
  [ "$(http_status --header 'Host: kaggle-data-api.localhost' http://127.0.0.1/health/ready)" = 200 ]
}

# ---- PostgreSQL --------------------------------------------------------------------------------

case_of operator_is_ready postgres 'the operator is ready'
operator_is_ready() {
  need_database
  ready deployment/cloudnative-pg cnpg-system
}

case_of database_is_ready postgres 'the database is ready'
database_is_ready() {
  need_database
  kube wait --for=condition=Ready clusters.postgresql.cnpg.io/postgres --namespace postgres --timeout="${TEST_TIMEOUT}s"
}

case_of password_is_made postgres 'its password was made in the cluster, and is long'
password_is_made() {
  need_database
  [ "$(kube get secret postgres-app --namespace postgres --output jsonpath='{.data.password}' | base64 --decode | wc -c)" -ge 20 ]
}

case_of database_is_asked postgres 'a query over TLS, with user and password'
database_is_asked() {
  need_database
  [ "$(sql 'SELECT 40 + 2')" = 42 ]
  [ "$(sql 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')" = t ]
}

case_of database_keeps postgres 'rows that are written are read by another connection'
database_keeps() {
  need_database
  sql "CREATE TABLE \"probe_$run_id\" (n int)" && sql "INSERT INTO \"probe_$run_id\" SELECT generate_series(1, 100)"
  [ "$(sql "SELECT sum(n) FROM \"probe_$run_id\"")" = 5050 ]
  sql "DROP TABLE \"probe_$run_id\""
}

# ---- Redis -------------------------------------------------------------------------------------

case_of cache_is_ready redis 'it is ready'
cache_is_ready() {
  need_cache
  ready deployment/redis redis
}

case_of cache_pongs redis 'PING is answered with PONG'
cache_pongs() {
  need_cache
  [ "$(redis PING)" = PONG ]
}

case_of cache_keeps redis 'what is SET is what GET gives'
cache_keeps() {
  need_cache
  [ "$(redis SET "probe-$run_id" "value $run_id" EX 120)" = OK ]
  [ "$(redis GET "probe-$run_id")" = "value $run_id" ]
  [ "$(redis DEL "probe-$run_id")" = 1 ]
}

case_of cache_is_locked redis 'without a password nothing is answered'
cache_is_locked() {
  need_cache
  kube exec --namespace redis deployment/redis -- valkey-cli PING 2>&1 | grep -q NOAUTH
}

# ---- DNS ---------------------------------------------------------------------------------------

case_of dns_finds_kubernetes dns 'a pod finds the API server by name'
dns_finds_kubernetes() {
  need_nodes
  ask_stranger nslookup -type=a kubernetes.default.svc.cluster.local
}

case_of dns_finds_services dns 'a pod finds the services of other namespaces'
dns_finds_services() {
  need_database && need_cache
  ask_stranger nslookup -type=a postgres-rw.postgres.svc.cluster.local
  ask_stranger nslookup -type=a redis.redis.svc.cluster.local
}

case_of dns_denies dns 'a name that nobody has is not found'
dns_denies() {
  need_nodes
  local said
  ask_stranger true
  said=$(ask_stranger nslookup -type=a "nobody-$run_id.default.svc.cluster.local" 2>&1 || true)
  grep -q NXDOMAIN <<<"$said"
}

# ---- Network policies --------------------------------------------------------------------------

case_of database_is_closed network 'a stranger does not reach PostgreSQL, an application does'
database_is_closed() {
  need_database && need_applications
  ask_neighbour nc -z -w 5 postgres-rw.postgres.svc.cluster.local 5432
  ask_stranger true
  not ask_stranger nc -z -w 5 postgres-rw.postgres.svc.cluster.local 5432
}

case_of cache_is_closed network 'a stranger does not reach Redis, an application does'
cache_is_closed() {
  need_cache && need_applications
  ask_neighbour nc -z -w 5 redis.redis.svc.cluster.local 6379
  ask_stranger true
  not ask_stranger nc -z -w 5 redis.redis.svc.cluster.local 6379
}

case_of api_is_closed network 'a stranger does not reach the API, its namespace does'
api_is_closed() {
  need_applications
  ask_neighbour wget -q -T 5 -O /dev/null http://kaggle-data-api/health/ready
  ask_stranger true
  not ask_stranger wget -q -T 5 -O /dev/null http://kaggle-data-api.kaggle-data.svc.cluster.local/health/ready
}

case_of policy_closes network 'traffic that flowed is denied once a policy says so'
policy_closes() {
  need_nodes
  make_stranger
  probe "$stranger" server httpd -f -p 8080 -h /etc
  local address
  address=$(kube get pod server --namespace "$stranger" --output jsonpath='{.status.podIP}')
  eventually ask_stranger nc -z -w 3 "$address" 8080
  kube create -f - >/dev/null <<POLICY
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: $stranger}
spec: {podSelector: {matchLabels: {role: server}}, policyTypes: [Ingress]}
POLICY
  eventually not ask_stranger nc -z -w 3 "$address" 8080
  kube delete networkpolicy closed --namespace "$stranger" >/dev/null
  eventually ask_stranger nc -z -w 3 "$address" 8080
}

# ---- Storage -----------------------------------------------------------------------------------

case_of class_is_there storage 'the class standard is the default'
class_is_there() {
  need_nodes
  [ "$(kube get storageclass standard --output jsonpath='{.metadata.annotations.storageclass\.kubernetes\.io/is-default-class}')" = true ]
}

case_of files_stay storage 'files outlive the pod that wrote them'
files_stay() {
  need_nodes
  make_stranger
  kube create -f - >/dev/null <<CLAIM
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: probe, namespace: $stranger, labels: {local-env-test: "$run_id"}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 16Mi}}}
CLAIM
  # shellcheck disable=SC2034  # read by probe
  local volumes='      volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: probe}}]'
  probe "$stranger" writer
  kube exec --namespace "$stranger" writer -- sh -c "echo $run_id >/data/file"
  kube delete pod writer --namespace "$stranger" --wait >/dev/null
  probe "$stranger" reader
  [ "$(kube exec --namespace "$stranger" reader -- cat /data/file)" = "$run_id" ]
}

case_of claim_is_bound storage 'the claim of the data sets is bound'
claim_is_bound() {
  need_applications
  [ "$(kube get persistentvolumeclaim kaggle-data-pvc --namespace kaggle-data --output jsonpath='{.status.phase}')" = Bound ]
}

# ---- Charts ------------------------------------------------------------------------------------

case_of downloads_are_accepted charts 'what the app gave for download is accepted by the server, without a warning'
downloads_are_accepted() {
  need_charts
  with_charts
  make_stranger
  local chart file found=0
  for chart in infrastructure/kaggle-data-pvc applications/kaggle-data-api applications/fetch-kaggle-job; do
    for file in $(downloaded "${chart#*/}"); do
      echo "$chart with ${file#"$root/"}"
      accepted "$chart" "$file"
      found=$((found + 1))
    done
  done
  [ "$found" -ge 3 ]
}

case_of environments_are_accepted charts 'every environment of every chart is accepted by the server, without a warning'
environments_are_accepted() {
  need_charts
  with_charts
  make_stranger
  local chart file
  for file in "$charts_copy"/infrastructure/kaggle-data-pvc/values-*.yaml "$charts_copy"/applications/*/values-*.yaml; do
    chart=${file%/*} && chart=${chart#"$charts_copy/"}
    echo "$chart with ${file##*/}"
    accepted "$chart" "$file"
  done
}

case_of laptop_is_accepted charts 'with what a laptop adds to them, too'
laptop_is_accepted() {
  need_charts
  with_charts
  make_stranger
  local name
  for name in kaggle-data-api fetch-kaggle-job; do
    cat "$charts_copy/applications/$name/values-local.yaml" >"$work/both.yaml"
    helm template probe "$charts_copy/applications/$name" --namespace "$stranger" --values "$work/both.yaml" --values "$here/values/$name.yaml" \
      --set-string "image.repository=$STAND_IN_REPOSITORY,image.digest=$STAND_IN_DIGEST" >"$work/laptop.yaml"
    grep -q "image: .*$STAND_IN_DIGEST" "$work/laptop.yaml"
    kube apply --dry-run=server --filename "$work/laptop.yaml"
  done
}

case_of mistakes_are_refused charts 'a mistyped value is refused before anything reaches the server'
mistakes_are_refused() {
  need_charts
  with_charts
  local said
  if said=$(helm template probe "$charts_copy/applications/kaggle-data-api" --set replicas=3 2>&1); then return 1; fi
  grep -q replicas <<<"$said"
}

case_of chart_comes_and_goes charts 'a chart is installed, upgraded, rolled back and uninstalled by Helm, and leaves nothing'
chart_comes_and_goes() {
  need_charts
  with_charts
  make_stranger
  local chart=$charts_copy/applications/kaggle-data-api name=probe-$run_id
  helmet install "$name" "$chart" --namespace "$stranger" --values "$chart/values-local.yaml" --labels "${label/=/=}" >/dev/null
  [ "$(kube get deployment "$name-kaggle-data-api" --namespace "$stranger" --output jsonpath='{.spec.replicas}')" = 1 ]
  helmet upgrade "$name" "$chart" --namespace "$stranger" --values "$chart/values-local.yaml" --set replicaCount=2 >/dev/null
  [ "$(kube get deployment "$name-kaggle-data-api" --namespace "$stranger" --output jsonpath='{.spec.replicas}')" = 2 ]
  helmet rollback "$name" 1 --namespace "$stranger" >/dev/null
  [ "$(kube get deployment "$name-kaggle-data-api" --namespace "$stranger" --output jsonpath='{.spec.replicas}')" = 1 ]
  helmet uninstall "$name" --namespace "$stranger" >/dev/null
  [ -z "$(kube get deployments,services,ingresses,configmaps,serviceaccounts,secrets --namespace "$stranger" --selector "app.kubernetes.io/instance=$name" --output name)" ]
  [ -z "$(revision_of "$name" "$stranger")" ]
}

case_of releases_are_deployed charts 'every release of the local cluster is deployed, none failed'
releases_are_deployed() {
  need_server && need_tool helm
  [ -n "$(helmet list --all-namespaces --short)" ] || skip 'nothing is deployed'
  [ -z "$(helmet list --all-namespaces --failed --pending --short)" ]
}

case_of job_has_run charts 'the job has fetched its data sets'
job_has_run() {
  need_applications
  local job
  job=$(kube get jobs --namespace kaggle-data --selector app.kubernetes.io/name=fetch-kaggle-job --output name | head -n 1)
  [ -n "$job" ] || skip 'the job is gone: it is kept for an hour'
  kube wait --for=condition=Complete "$job" --namespace kaggle-data --timeout="${TEST_TIMEOUT}s"
}

case_of api_serves_data charts 'the API serves what the job has written'
api_serves_data() {
  need_ports && need_applications
  curl --silent --fail --max-time 10 --header 'Host: kaggle-data-api.localhost' http://127.0.0.1/data/processed/sets.txt | grep -q /
}

case_of pods_are_safe charts 'the pods run as no root, with a read-only root filesystem'
pods_are_safe() {
  need_applications
  [ "$(kube exec --namespace kaggle-data deployment/kaggle-data-api -- id -u)" = 1000 ]
  not kube exec --namespace kaggle-data deployment/kaggle-data-api -- touch /written
  not kube exec --namespace kaggle-data deployment/kaggle-data-api -- test -e /var/run/secrets/kubernetes.io/serviceaccount/token
}

case_of page_is_served charts 'the page is served by its own chart'
page_is_served() {
  need_ports
  kube get deployment/chartwright --namespace kaggle-data >/dev/null 2>&1 || skip 'the page is not deployed'
  ready deployment/chartwright kaggle-data
  curl --silent --fail --max-time 10 --header 'Host: chartwright.localhost' http://127.0.0.1/ | grep -qi '<title>Chartwright'
}
