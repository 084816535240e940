#!/usr/bin/env bash
# Builds the rig's programs from pinned Go modules into RIG_CACHE/bin and Flux's CRDs into RIG_CACHE/crds.
# What is there already is kept: the cache folder is named after the sources. Cold: about 10 minutes on two cores. Usage: build.sh [PART...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${RIG_CACHE:?set RIG_CACHE to a folder outside the clone}"
bin=$RIG_CACHE/bin
mkdir -p "$bin"
fresh=$(mktemp -d "$RIG_CACHE/build-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
export CGO_ENABLED=0 GOFLAGS="-buildvcs=false -mod=readonly"
version=k8s.io/component-base/version
flags="-s -w -X $version.gitVersion=v1.36.3 -X $version.gitMajor=1 -X $version.gitMinor=36"

# build MODULE PROGRAM PACKAGE: a program appears whole or not at all.
build() {
  [ -x "$bin/$2" ] && return
  local started=$SECONDS
  echo "building $2 ..."
  (cd "$here/$1" && go build -trimpath -ldflags "$flags" -o "$fresh/$2" "$3")
  mv "$fresh/$2" "$bin/$2"
  echo "built $2 ($((SECONDS - started)) s)"
}

part() {
  case $1 in
    kustomize) build kustomize kustomize sigs.k8s.io/kustomize/kustomize/v5 ;;
    kubeconform) build kubeconform kubeconform github.com/yannh/kubeconform/cmd/kubeconform ;;
    git) build githttpd githttpd . ;;
    k8s)
      for program in kubectl kube-apiserver kube-controller-manager kube-scheduler; do build k8s $program k8s.io/kubernetes/cmd/$program; done
      build k8s etcd go.etcd.io/etcd/server/v3
      ;;
    kwok) build kwok kwok sigs.k8s.io/kwok/cmd/kwok ;;
    flux)
      build flux kustomize-controller github.com/fluxcd/kustomize-controller
      build flux fluxstub ./fluxstub
      ;;
    crds)
      [ -d "$RIG_CACHE/crds" ] && return
      build crdgen controller-gen sigs.k8s.io/controller-tools/cmd/controller-gen
      (cd "$here/crdgen" && "$bin/controller-gen" crd paths=github.com/fluxcd/source-controller/api/v1 paths=github.com/fluxcd/kustomize-controller/api/v1 output:crd:dir="$fresh/crds")
      mv "$fresh/crds" "$RIG_CACHE/crds"
      ;;
    *) echo "unknown part $1" >&2; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- git k8s kwok flux crds
for name in "$@"; do part "$name"; done
