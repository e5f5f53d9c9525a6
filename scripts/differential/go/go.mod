module countersign.invalid/differential

go 1.25.0

require (
	github.com/google/go-containerregistry v0.21.9
	github.com/in-toto/attestation v1.1.2
	github.com/opencontainers/image-spec v1.1.1
	github.com/sigstore/protobuf-specs v0.5.0
	google.golang.org/protobuf v1.36.10
)

require (
	github.com/opencontainers/go-digest v1.0.0 // indirect
	google.golang.org/genproto v0.0.0-20230706204954-ccb25ca9f130 // indirect
	google.golang.org/genproto/googleapis/api v0.0.0-20230726155614-23370e0ffb3e // indirect
)
