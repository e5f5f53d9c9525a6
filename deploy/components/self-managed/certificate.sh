#!/bin/sh
# Makes the webhook's certificate, or renews it: run it once after `kubectl apply`, then at least once a year.
#
#   certificate.sh [options of kubectl, such as --context kind-kind]
#
# Each run makes a new root, lets it sign one leaf and forgets its key, so that nobody can ever sign a second one with it.
# The API server trusts the new root besides those before it. First the root is added, then the Secret changes, and the
# replicas follow the Secret without a restart: no request fails while some of them still show the old leaf.
#
# Needs openssl and kubectl, as somebody who may write Secrets in countersign-system and webhook configurations.
set -eu

namespace=countersign-system
service=countersign-webhook
days=365
# As many rotations as a replica may be behind.
roots=4

# The leaf's key lies in a directory that only this user reads, until the script ends.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

make_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve -out "$1"
}

# ── a root and its only leaf ──
cat >"$work/openssl.conf" <<EOF
[req]
distinguished_name = name
prompt = no
[name]
CN = $service $(openssl rand -hex 8)
[root]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:$service.$namespace.svc
authorityKeyIdentifier = keyid
EOF
make_key "$work/root.key"
openssl req -x509 -new -sha256 -days "$days" -config "$work/openssl.conf" -extensions root \
  -key "$work/root.key" -out "$work/root.crt"
make_key "$work/tls.key"
openssl req -new -sha256 -config "$work/openssl.conf" -key "$work/tls.key" -out "$work/leaf.csr"
openssl x509 -req -sha256 -days "$days" -extfile "$work/openssl.conf" -extensions leaf -in "$work/leaf.csr" \
  -CA "$work/root.crt" -CAkey "$work/root.key" -set_serial "0x1$(openssl rand -hex 15)" -out "$work/tls.crt" 2>/dev/null
rm "$work/root.key"
openssl verify -CAfile "$work/root.crt" "$work/tls.crt" >/dev/null

# ── the roots that the API server trusts from now on: the new one, then those before it that are still valid ──
kubectl "$@" get validatingwebhookconfiguration "$service" \
  -o 'jsonpath={.webhooks[0].clientConfig.caBundle}' >"$work/known.base64"
openssl base64 -d -A -in "$work/known.base64" >"$work/known.pem"
awk -v to="$work/known-" '/-----BEGIN CERTIFICATE-----/ { n++ } n { print > (to n ".crt") }' "$work/known.pem"
cp "$work/root.crt" "$work/roots.pem"
count=1
for one in "$work"/known-*.crt; do
  if [ -f "$one" ] && [ "$count" -lt "$roots" ] && openssl x509 -in "$one" -noout -checkend 0 >/dev/null; then
    openssl x509 -in "$one" >>"$work/roots.pem"
    count=$((count + 1))
  fi
done
bundle=$(openssl base64 -A -in "$work/roots.pem")
for kind in mutating validating; do
  kubectl "$@" patch "${kind}webhookconfiguration" "$service" --type=json \
    --patch="[{\"op\":\"add\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"$bundle\"}]"
done
# Every API server has to see the new root before a replica shows the new leaf.
if [ "$count" -gt 1 ]; then sleep 5; fi

# ── the leaf ──
# Server-side, since kubectl would otherwise copy the key into an annotation.
kubectl create secret tls "$service-tls" --namespace="$namespace" --cert="$work/tls.crt" --key="$work/tls.key" \
  --dry-run=client --output=yaml |
  kubectl "$@" apply --server-side --force-conflicts --field-manager=certificate.sh --filename=-
echo "valid until $(openssl x509 -in "$work/tls.crt" -noout -enddate | cut -d= -f2): run this again before then"
