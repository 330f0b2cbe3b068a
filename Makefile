# Baimi: the commands of everyday work. CI calls `make test` and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

# Narrow a run: make race PKG=./storage/... RUN=TestAccept
PKG ?= ./...
RUN ?=
BENCH ?= .
TESTFLAGS = -timeout 20m $(if $(RUN),-run '$(RUN)')

# One PostgreSQL, started for this run alone and shared by all packages.
WITHPG := go run ./storage/storagetest/withpg --

# Our tools, compiled once per version from the modules below tools/, which
# keep their hundreds of requirements out of ours. nice: it is a long compile.
GOLANGCI_VERSION := $(shell sed -nE 's/.*golangci-lint\/v2 (v[^ ]+).*/\1/p' tools/go.mod)
GOLANGCI := .cache/bin/golangci-lint-$(GOLANGCI_VERSION)
CONTAINERLINT := .cache/bin/containerlint

##@ Run

.PHONY: help
help: ## print this list
	@awk 'BEGIN {FS = ":.*## "} \
	  /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: pages build postgres ## build, migrate, load demo data into an empty database, serve on 127.0.0.1:8080
	bin/baimi run

.PHONY: demo
demo: build postgres ## fill an empty database with the whole demo city: 1,579 points, 20,000 disputes
	bin/baimi migrate
	bin/baimi demo --size city

.PHONY: web
web: ## build the staff's pages into app/web/dist (Node.js 20.19 or newer)
	@scripts/web.sh

.PHONY: pages
pages: # the same where there is Node.js, for those who can do without
	@scripts/web.sh --if-node

.PHONY: build
build: ## compile bin/baimi (static, no node and no PostgreSQL needed; with the pages that make web left)
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/baimi ./cmd/baimi

.PHONY: curl
curl: # what asks the examples in the tests
	@scripts/curl.sh

.PHONY: postgres
postgres: ## make sure that PostgreSQL's server binaries are here (apt as root, else npm)
	@scripts/postgres.sh

##@ Check

.PHONY: test
test: ## everything CI checks: format, generated files, lint, containers, pages, all tests
	@scripts/steps.sh format-check generated-check contract-check lint vet race web-check browser

.PHONY: unit
unit: ## the tests that need no database (seconds)
	go test $(TESTFLAGS) $$(go list -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | grep -vE 'baimi/(cmd|storage)' | cut -d' ' -f1)

.PHONY: race
race: postgres curl ## all tests with the race detector on one real PostgreSQL; PKG= and RUN= narrow it
	$(WITHPG) go test -race $(TESTFLAGS) $(PKG)

.PHONY: lint
lint: $(GOLANGCI) containers ## golangci-lint on the Go code, and the check of the container files
	$(GOLANGCI) run

.PHONY: prove
prove: postgres ## the long proofs whole: drawn cases a hundredfold, the sealed log at 200,000 events, a check of 1,000,000, search at 200,000 cases (an hour)
	$(WITHPG) go test -count=1 -timeout 80m \
	  $$(go list -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | grep -F 'pgregory.net/rapid' | cut -d' ' -f1) \
	  -rapid.checks=10000
	BAIMI_PROVE=1 $(WITHPG) go test -count=1 -timeout 80m ./storage -run 'SealAtScale|SearchAtScale|CheckAtScale|TheCodeKeepsToTheModel' -v
	BAIMI_PROVE=1 $(WITHPG) go test -count=1 -timeout 80m ./app/jobs -run AlertsThroughAnOutage -v
	BAIMI_PROVE=1 $(WITHPG) go test -count=1 -timeout 80m ./app/api -run TheDocumentIsAllThereIs -v

.PHONY: bench
bench: postgres ## speed as ratios of interleaved runs, on one durable PostgreSQL; PKG= and BENCH= narrow it (docs/speed.md)
	go run ./storage/storagetest/withpg -durable -- go test -run '^$$' -bench '$(BENCH)' -timeout 120m $(PKG)

.PHONY: vet
vet: ## go vet
	go vet ./...

.PHONY: web-check
web-check: ## types, lint and unit tests of the pages
	@scripts/web.sh --packages
	cd app/web && npm run --silent check && npm run --silent unit

.PHONY: browser
browser: web build postgres ## the pages in a real browser against the real service
	@scripts/chromium.sh
	cd app/web && npm run --silent browser

.PHONY: containers
containers: $(CONTAINERLINT) ## check Dockerfile and docker-compose.yml (no container engine needed)
	$(CONTAINERLINT) Dockerfile docker-compose.yml

.PHONY: format-check
format-check: $(GOLANGCI) ## fail if make fmt would change something
	$(GOLANGCI) fmt --diff

.PHONY: contract-check
contract-check: ## openapi.yaml against Spectral with the OWASP rules (Node.js)
	@scripts/contract-check.sh

.PHONY: generated-check
generated-check: ## fail if make generate would change something
	scripts/generated-check.sh

##@ Change

.PHONY: fmt
fmt: $(GOLANGCI) ## format the Go code (gofumpt)
	$(GOLANGCI) fmt

.PHONY: generate
generate: ## write generated files anew
	go generate ./...

.PHONY: tools
tools: $(GOLANGCI) $(CONTAINERLINT) ## compile the linters into .cache/bin

.PHONY: clean
clean: ## remove what was built (keeps data, where make run has its data)
	rm -rf bin .cache app/web/node_modules app/web/dist/assets app/web/dist/index.html app/web/dist/icon.svg

$(GOLANGCI): tools/go.mod
	@echo 'compiling golangci-lint $(GOLANGCI_VERSION), once (one to three minutes)'
	cd tools && nice -n 19 go build -mod=readonly -trimpath -buildvcs=false -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

$(CONTAINERLINT): tools/containerlint/go.mod tools/containerlint/main.go
	cd tools/containerlint && nice -n 19 go build -mod=readonly -trimpath -buildvcs=false -o ../../$@ .
	@touch $@
