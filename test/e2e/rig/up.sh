#!/usr/bin/env bash
# Brings up an API server with a controller manager, a scheduler and fake nodes, a Git server and Flux's kustomize-controller, all on loopback.
# env: RIG_CACHE (programs, from build.sh), RIG_RUN (state), RIG_PORT (first of 10 free ports), RIG_LOCKDOWN=1 (Flux's multi-tenancy flags),
#      RIG_ONLY=api (the API server and its controllers, no nodes and no agent)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=${RIG_CACHE:?}/bin run=${RIG_RUN:?} p=${RIG_PORT:?} h=127.0.0.1
etcd=$p etcdpeer=$((p + 1)) api=$((p + 2)) kcm=$((p + 3)) sched=$((p + 4)) kwok=$((p + 5)) git=$((p + 6)) artifacts=$((p + 7)) health=$((p + 8)) metrics=$((p + 9))
[ ! -e "$run/pids" ] || { echo "already up: $run/pids exists" >&2; exit 1; }
mkdir -p "$run"/{pki,log,etcd,git,artifacts,tmp}
chmod 700 "$run" "$run/etcd" "$run/pki"
export KUBECONFIG=$run/kubeconfig TMPDIR=$run/tmp

start() {
  local name=$1
  shift
  setsid "$@" >"$run/log/$name.log" 2>&1 </dev/null &
  echo "$! $name" >>"$run/pids"
}
ready() {
  local name=$1 deadline=$((SECONDS + 60))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "$name is not ready after 60 s" >&2; tail -5 "$run/log/$name.log" >&2 || true; exit 1; }
    sleep 0.2
  done
}

# One authority, one serving certificate, one key for service accounts, one admin token; all for this run only.
(
  cd "$run/pki"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=rig-ca
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout srv.key -out srv.csr -subj /CN=kube-apiserver
  openssl x509 -req -in srv.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out srv.crt \
    -extfile <(echo "subjectAltName=IP:127.0.0.1,IP:10.255.0.1,DNS:localhost,DNS:kubernetes.default.svc")
  openssl ecparam -name prime256v1 -genkey -noout -out sa.key
  openssl ec -in sa.key -pubout -out sa.pub
) 2>/dev/null
token=$(openssl rand -hex 16)
(umask 077 && echo "$token,admin,admin,system:masters" >"$run/pki/tokens.csv")
(umask 077 && cat >"$KUBECONFIG" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: rig, cluster: {server: "https://$h:$api", certificate-authority: "$run/pki/ca.crt"}}]
users: [{name: admin, user: {token: "$token"}}]
contexts: [{name: rig, context: {cluster: rig, user: admin}}]
current-context: rig
EOF
)

start etcd "$bin/etcd" --name rig --data-dir "$run/etcd" --listen-client-urls http://$h:$etcd --advertise-client-urls http://$h:$etcd \
  --listen-peer-urls http://$h:$etcdpeer --initial-advertise-peer-urls http://$h:$etcdpeer --initial-cluster rig=http://$h:$etcdpeer --unsafe-no-fsync --log-level warn
ready etcd curl -fs http://$h:$etcd/health
start kube-apiserver "$bin/kube-apiserver" --etcd-servers http://$h:$etcd --bind-address $h --advertise-address $h --secure-port $api \
  --tls-cert-file "$run/pki/srv.crt" --tls-private-key-file "$run/pki/srv.key" --cert-dir "$run/pki" --token-auth-file "$run/pki/tokens.csv" \
  --service-account-key-file "$run/pki/sa.pub" --service-account-signing-key-file "$run/pki/sa.key" --service-account-issuer https://kubernetes.default.svc \
  --service-cluster-ip-range 10.255.0.0/24 --authorization-mode RBAC --endpoint-reconciler-type none --disable-admission-plugins ServiceAccount \
  --max-requests-inflight 0 --max-mutating-requests-inflight 0 --enable-priority-and-fairness=false --profiling=false \
  --audit-policy-file "$here/audit.yaml" --audit-log-path "$run/audit.jsonl"
ready kube-apiserver "$bin/kubectl" get --raw /readyz
start kube-controller-manager "$bin/kube-controller-manager" --kubeconfig "$KUBECONFIG" --bind-address $h --secure-port $kcm --cert-dir "$run/pki/kcm" \
  --leader-elect=false --use-service-account-credentials=false --service-account-private-key-file "$run/pki/sa.key" --root-ca-file "$run/pki/ca.crt" \
  --node-monitor-grace-period 5m --profiling=false
[ "${RIG_ONLY:-}" != api ] || { echo "KUBECONFIG=$KUBECONFIG" >"$run/env"; exit 0; }
start kube-scheduler "$bin/kube-scheduler" --kubeconfig "$KUBECONFIG" --bind-address $h --secure-port $sched --cert-dir "$run/pki/sched" --leader-elect=false
start kwok "$bin/kwok" --config "$here/kwok.yaml" --node-lease-duration-seconds 40 --kubeconfig "$KUBECONFIG" --manage-all-nodes=true --server-address $h:$kwok --node-ip $h
start githttpd "$bin/githttpd" --addr $h:$git --root "$run/git"
"$bin/kubectl" apply --server-side -f "$RIG_CACHE/crds" >/dev/null
"$bin/kubectl" wait --for=condition=Established crd --all --timeout=30s >/dev/null
"$bin/kubectl" apply --server-side -f "$here/node.yaml" >/dev/null
# The controllers start before their namespace is there, as they would in a bootstrap that applies everything at once.
start fluxstub "$bin/fluxstub" --storage-addr $h:$artifacts --storage-path "$run/artifacts"
start kustomize-controller env RUNTIME_NAMESPACE=flux-system "$bin/kustomize-controller" --watch-all-namespaces=true --enable-leader-election=false \
  --no-remote-bases=true ${RIG_LOCKDOWN:+--no-cross-namespace-refs=true --default-service-account=default} --requeue-dependency=1s --log-level=info \
  --metrics-addr=$h:$metrics --health-addr=$h:$health
ready kustomize-controller curl -fs http://$h:$health/readyz
"$bin/kubectl" wait --for=condition=Ready node/fake-0 --timeout=60s >/dev/null
cat >"$run/env" <<EOF
KUBECONFIG=$KUBECONFIG
RIG_GIT=http://$h:$git
RIG_GIT_ROOT=$run/git
EOF
