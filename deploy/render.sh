#!/bin/sh
# Writes the webhook's image, by its digest, into the manifests, and renders every overlay into one file each.
#
#   deploy/render.sh registry/repository@sha256:… DIRECTORY
#
# The release workflow runs it; so may you, for an image of your own. It changes base/kustomization.yaml.
set -eu

image=${1:?the image, by digest}
out=${2:?the directory for the rendered manifests}
here=$(dirname "$0")

case $image in
  *[!a-z0-9./:@_-]* | *@*@*) echo "not an image by digest: $image" >&2 && exit 1 ;;
  ?*@sha256:????????????????????????????????????????????????????????????????) ;;
  *) echo "not an image by digest: $image" >&2 && exit 1 ;;
esac

kustomization=$here/base/kustomization.yaml
name=$(sed -n 's/^  - name: \(.*\/webhook\)$/\1/p' "$kustomization")
sed '/^images:$/,$d' "$kustomization" >"$kustomization.new"
cat >>"$kustomization.new" <<EOF
images:
  - name: $name
    newName: ${image%@*}
    digest: ${image#*@}
EOF
mv "$kustomization.new" "$kustomization"

mkdir -p "$out"
for overlay in "$here"/overlays/*/; do
  overlay=${overlay%/}
  kubectl kustomize "$overlay" >"$out/countersign-webhook-${overlay##*/}.yaml"
done
# What nobody rewrote would run by its tag.
for file in "$out"/countersign-webhook-*.yaml; do
  grep -qF "image: $image" "$file" || { echo "$file does not name $image" >&2 && exit 1; }
done
