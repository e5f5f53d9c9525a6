// Reads documents from standard input, one per line: its kind, a tab, and its bytes in base64. Prints for each one
// line of JSON: what every reader of that kind sees of it, or null where it refuses. The readers are the libraries
// that clients are built on, called as those clients call them.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	intoto "github.com/in-toto/attestation/go/v1"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	bundlepb "github.com/sigstore/protobuf-specs/gen/pb-go/bundle/v1"
	commonpb "github.com/sigstore/protobuf-specs/gen/pb-go/common/v1"
	rekorpb "github.com/sigstore/protobuf-specs/gen/pb-go/rekor/v1"
	trustpb "github.com/sigstore/protobuf-specs/gen/pb-go/trustroot/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

type view map[string]any

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		kind, encoded, _ := strings.Cut(in.Text(), "\t")
		document, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			fail(err)
		}
		line, err := json.Marshal(read(kind, document))
		if err != nil {
			fail(err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func read(kind string, document []byte) view {
	switch kind {
	case "image":
		return view{
			"go-containerregistry index":    ggcrIndex(document),
			"go-containerregistry manifest": ggcrManifest(document),
			"image-spec index":              specIndex(document),
			"image-spec manifest":           specManifest(document),
			"fields":                        fields(document),
		}
	case "bundle":
		return view{
			"protobuf-specs":         bundle(document),
			"protobuf-specs content": bundleContent(document),
			"encoding/json content":  jsonContent(document),
		}
	case "statement":
		return view{"in-toto": statement(document), "encoding/json": predicateType(document)}
	case "trusted root":
		return view{"protobuf-specs": trustedRoot(document)}
	}
	fail(fmt.Errorf("unknown kind %q", kind))
	return nil
}

// ── images ──

func ggcrIndex(document []byte) any {
	index, err := v1.ParseIndexManifest(bytes.NewReader(document))
	if err != nil {
		return nil
	}
	children := []view{}
	for _, child := range index.Manifests {
		children = append(children, ggcrDescriptor(child))
	}
	return view{
		"mediaType":    string(index.MediaType),
		"artifactType": index.ArtifactType,
		"manifests":    children,
		"subject":      ggcrSubject(index.Subject),
		"annotations":  texts(index.Annotations),
	}
}

func ggcrManifest(document []byte) any {
	manifest, err := v1.ParseManifest(bytes.NewReader(document))
	if err != nil {
		return nil
	}
	layers := []view{}
	for _, layer := range manifest.Layers {
		layers = append(layers, ggcrDescriptor(layer))
	}
	return view{
		"mediaType":    string(manifest.MediaType),
		"artifactType": manifest.ArtifactType,
		"config":       ggcrDescriptor(manifest.Config),
		"layers":       layers,
		"subject":      ggcrSubject(manifest.Subject),
		"annotations":  texts(manifest.Annotations),
	}
}

func ggcrSubject(subject *v1.Descriptor) any {
	if subject == nil {
		return nil
	}
	return ggcrDescriptor(*subject)
}

func ggcrDescriptor(descriptor v1.Descriptor) view {
	digest := descriptor.Digest.String()
	if descriptor.Digest == (v1.Hash{}) {
		digest = ""
	}
	var platform any
	if p := descriptor.Platform; p != nil {
		platform = platformView(p.OS, p.Architecture, p.Variant, p.OSVersion, p.OSFeatures)
	}
	return view{
		"mediaType":    string(descriptor.MediaType),
		"digest":       digest,
		"size":         descriptor.Size,
		"artifactType": descriptor.ArtifactType,
		"annotations":  texts(descriptor.Annotations),
		"platform":     platform,
	}
}

func specIndex(document []byte) any {
	var index ocispec.Index
	if json.Unmarshal(document, &index) != nil {
		return nil
	}
	children := []view{}
	for _, child := range index.Manifests {
		children = append(children, specDescriptor(child))
	}
	return view{
		"mediaType":    index.MediaType,
		"artifactType": index.ArtifactType,
		"manifests":    children,
		"subject":      specSubject(index.Subject),
		"annotations":  texts(index.Annotations),
	}
}

func specManifest(document []byte) any {
	var manifest ocispec.Manifest
	if json.Unmarshal(document, &manifest) != nil {
		return nil
	}
	layers := []view{}
	for _, layer := range manifest.Layers {
		layers = append(layers, specDescriptor(layer))
	}
	return view{
		"mediaType":    manifest.MediaType,
		"artifactType": manifest.ArtifactType,
		"config":       specDescriptor(manifest.Config),
		"layers":       layers,
		"subject":      specSubject(manifest.Subject),
		"annotations":  texts(manifest.Annotations),
	}
}

func specSubject(subject *ocispec.Descriptor) any {
	if subject == nil {
		return nil
	}
	return specDescriptor(*subject)
}

func specDescriptor(descriptor ocispec.Descriptor) view {
	var platform any
	if p := descriptor.Platform; p != nil {
		platform = platformView(p.OS, p.Architecture, p.Variant, p.OSVersion, p.OSFeatures)
	}
	return view{
		"mediaType":    descriptor.MediaType,
		"digest":       string(descriptor.Digest),
		"size":         descriptor.Size,
		"artifactType": descriptor.ArtifactType,
		"annotations":  texts(descriptor.Annotations),
		"platform":     platform,
	}
}

func platformView(os, architecture, variant, version string, features []string) view {
	if features == nil {
		features = []string{}
	}
	return view{"os": os, "architecture": architecture, "variant": variant, "os.version": version, "os.features": features}
}

func texts(annotations map[string]string) map[string]string {
	if annotations == nil {
		return map[string]string{}
	}
	return annotations
}

// Which fields are there at all: how containerd tells an index from a manifest.
func fields(document []byte) any {
	var found struct {
		MediaType string          `json:"mediaType,omitempty"`
		Config    json.RawMessage `json:"config,omitempty"`
		Layers    json.RawMessage `json:"layers,omitempty"`
		Manifests json.RawMessage `json:"manifests,omitempty"`
		FSLayers  json.RawMessage `json:"fsLayers,omitempty"`
	}
	if json.Unmarshal(document, &found) != nil {
		return nil
	}
	return view{
		"mediaType": found.MediaType,
		"isImage":   len(found.Config)+len(found.Layers)+len(found.FSLayers) > 0,
		"isIndex":   len(found.Manifests) > 0,
	}
}

// ── Sigstore ──

func bundle(document []byte) any {
	var read bundlepb.Bundle
	if protojson.Unmarshal(document, &read) != nil {
		return nil
	}
	material := read.GetVerificationMaterial()
	certificates := [][]byte{}
	if single := material.GetCertificate(); single != nil {
		certificates = append(certificates, single.GetRawBytes())
	}
	certificates = append(certificates, chain(material.GetX509CertificateChain())...)
	entries := []view{}
	for _, entry := range material.GetTlogEntries() {
		entries = append(entries, logEntry(entry))
	}
	timestamps := [][]byte{}
	for _, timestamp := range material.GetTimestampVerificationData().GetRfc3161Timestamps() {
		timestamps = append(timestamps, timestamp.GetSignedTimestamp())
	}
	envelope := read.GetDsseEnvelope()
	signatures := [][]byte{}
	for _, signature := range envelope.GetSignatures() {
		signatures = append(signatures, signature.GetSig())
	}
	return view{
		"payload":      envelope.GetPayload(),
		"payloadType":  envelope.GetPayloadType(),
		"signatures":   signatures,
		"certificates": certificates,
		"hasPublicKey": material.GetPublicKey() != nil,
		"entries":      entries,
		"timestamps":   timestamps,
	}
}

// What kind of bundle it is.
func bundleContent(document []byte) any {
	var read bundlepb.Bundle
	if protojson.Unmarshal(document, &read) != nil {
		return nil
	}
	return view{
		"isMessageSignature": read.GetMessageSignature() != nil,
		"payloadType":        read.GetDsseEnvelope().GetPayloadType(),
	}
}

// The same by a reader of plain JSON.
func jsonContent(document []byte) any {
	var found struct {
		DsseEnvelope struct {
			PayloadType string `json:"payloadType"`
		} `json:"dsseEnvelope"`
	}
	if json.Unmarshal(document, &found) != nil {
		return nil
	}
	return view{"payloadType": found.DsseEnvelope.PayloadType}
}

func logEntry(entry *rekorpb.TransparencyLogEntry) view {
	var proof any
	if read := entry.GetInclusionProof(); read != nil {
		hashes := [][]byte{}
		hashes = append(hashes, read.GetHashes()...)
		proof = view{
			"logIndex":   fmt.Sprint(read.GetLogIndex()),
			"rootHash":   read.GetRootHash(),
			"treeSize":   fmt.Sprint(read.GetTreeSize()),
			"hashes":     hashes,
			"checkpoint": read.GetCheckpoint().GetEnvelope(),
		}
	}
	return view{
		"logIndex":       fmt.Sprint(entry.GetLogIndex()),
		"keyId":          entry.GetLogId().GetKeyId(),
		"kind":           entry.GetKindVersion().GetKind(),
		"version":        entry.GetKindVersion().GetVersion(),
		"integratedTime": fmt.Sprint(entry.GetIntegratedTime()),
		"promise":        entry.GetInclusionPromise().GetSignedEntryTimestamp(),
		"body":           entry.GetCanonicalizedBody(),
		"proof":          proof,
	}
}

func statement(document []byte) any {
	var read intoto.Statement
	if protojson.Unmarshal(document, &read) != nil {
		return nil
	}
	return view{"predicateType": read.GetPredicateType()}
}

func predicateType(document []byte) any {
	var found struct {
		PredicateType string `json:"predicateType"`
	}
	if json.Unmarshal(document, &found) != nil {
		return nil
	}
	return view{"predicateType": found.PredicateType}
}

func trustedRoot(document []byte) any {
	var read trustpb.TrustedRoot
	if protojson.Unmarshal(document, &read) != nil {
		return nil
	}
	return view{
		"tlogs":                  logs(read.GetTlogs()),
		"ctlogs":                 logs(read.GetCtlogs()),
		"certificateAuthorities": authorities(read.GetCertificateAuthorities()),
		"timestampAuthorities":   authorities(read.GetTimestampAuthorities()),
	}
}

func logs(instances []*trustpb.TransparencyLogInstance) []view {
	views := []view{}
	for _, log := range instances {
		views = append(views, view{
			"baseUrl":  log.GetBaseUrl(),
			"key":      log.GetPublicKey().GetRawBytes(),
			"details":  int(log.GetPublicKey().GetKeyDetails()),
			"validFor": timeRange(log.GetPublicKey().GetValidFor()),
			"logId":    log.GetLogId().GetKeyId(),
		})
	}
	return views
}

func authorities(instances []*trustpb.CertificateAuthority) []view {
	views := []view{}
	for _, authority := range instances {
		views = append(views, view{
			"uri":          authority.GetUri(),
			"certificates": chain(authority.GetCertChain()),
			"validFor":     timeRange(authority.GetValidFor()),
		})
	}
	return views
}

func chain(certificates *commonpb.X509CertificateChain) [][]byte {
	list := [][]byte{}
	for _, certificate := range certificates.GetCertificates() {
		list = append(list, certificate.GetRawBytes())
	}
	return list
}

func timeRange(read *commonpb.TimeRange) view {
	var start, end any
	if read.GetStart() != nil {
		start = read.GetStart().AsTime().UTC().Truncate(time.Millisecond).UnixMilli()
	}
	if read.GetEnd() != nil {
		end = read.GetEnd().AsTime().UTC().Truncate(time.Millisecond).UnixMilli()
	}
	return view{"start": start, "end": end}
}
