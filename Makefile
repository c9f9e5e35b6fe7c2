# Everything that can be done here. `make` alone prints the list.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8080
HELM ?= 4
N ?= 1000
MAX ?= 400
# The crates that read no clock, file or environment: see tools/clippy-engine/clippy.toml.
ENGINE := go value template sprig yaml helm kube lint configure

.PHONY: help run build test check unit charts-test tools-test env-test env-accept e2e screenshots diagrams-check workflows-check bench goldens accept accept-admission admission-check cel-answers pss-check promql-check kube-schemas conformance fuzz-helm trace-check hostile-wasm fmt clean setup

help: ## Print this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: ## Install what is missing: toolchain, Trunk, wasm-bindgen, wasm-opt, Chromium, npm packages
	@tools/setup.sh rust wasm node browser

run: ## Build the app and serve it with the shipped charts (PORT=8080)
	@tools/setup.sh rust wasm node
	@$(MAKE) --no-print-directory build
	@node tools/serve.mjs dist $(PORT)

build: ## Build the app into dist/
	@tools/setup.sh rust wasm node
	@tools/build.sh

test: ## Everything that must pass: checks, native tests, chart tests, the tools' tests, the local cluster's scripts, end-to-end tests
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory charts-test
	@$(MAKE) --no-print-directory tools-test
	@$(MAKE) --no-print-directory env-test
	@$(MAKE) --no-print-directory e2e

check: ## Formatting, lints, and the promises of the documents
	@tools/setup.sh rust node
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	CLIPPY_CONF_DIR=tools/clippy-engine cargo clippy $(ENGINE:%=-p chartwright-%) --lib --quiet -- -D warnings
	cargo clippy --package chartwright-app --target wasm32-unknown-unknown --quiet -- -D warnings
	node tools/check-docs.mjs
	node tools/chart-values.mjs --check
	node tools/features.mjs --check
	node tools/rules.mjs --check

unit: ## Native tests of every crate, golden tests against Helm's recorded output included
	@tools/setup.sh rust
	cargo test --workspace --quiet

charts-test: ## Tests of the shipped charts over Helm's recorded output
	@tools/setup.sh rust node
	cargo build --quiet --package chartwright-cli --example loop
	node --test tests/charts/*.test.mjs

tools-test: ## Tests of what judges the renderer
	@tools/setup.sh node
	node --test tests/tools/*.test.mjs

env-test: ## Tests of local-env's scripts: lints, every step broken on stubs, and a real API server where one is installed
	@tools/setup.sh shell
	@local-env/tests/check.sh

env-accept: ## The same, and install the API server first if it is not there (needs Go)
	@tools/setup.sh shell
	@tools/oracles.sh helm4 api-server
	@local-env/tests/check.sh

e2e: ## The app in a real Chromium
	@tools/setup.sh rust wasm node browser
	@tools/build.sh
	node --test --test-concurrency=1 tests/e2e/*.test.mjs

screenshots: ## Make the guide's pictures anew, by the end-to-end tests
	@tools/setup.sh rust wasm node browser pictures
	@tools/build.sh
	@tools/screenshots.sh

diagrams-check: ## Have Mermaid draw every diagram of the documents, in Chromium (fetches 26 MB once)
	@tools/setup.sh node browser
	node tools/diagrams.mjs

workflows-check: ## Lint the GitHub workflows by actionlint (needs Go) and zizmor (needs pipx)
	go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
	pipx run --spec zizmor==1.32.0 zizmor --offline --quiet .github/workflows action.yml

bench: ## Compare with Helm's own engine and other linters, time key presses in Chromium, weigh the download; CHARTS=DIR: compare those charts only
	@tools/setup.sh rust wasm node browser
	@[ -n "$(CHARTS)" ] || tools/build.sh
	@tools/bench.sh $(if $(CHARTS),40 "$(CHARTS)")

goldens: ## Make the expected outputs anew with real Helm (needs Go)
	@tools/setup.sh node
	@tools/goldens.sh
	node tools/matrix.mjs
	node tools/helm-unittest.mjs --with helm
	node tools/case-goldens.mjs
	tools/function-goldens.sh

accept: ## Have a real API server, kubeconform and kube-score judge every render of the charts, the documents' objects and the runbooks' commands: CHARTS to judge some (needs Go, kubectl)
	@tools/setup.sh node
	node tools/accept.mjs $(CHARTS)
	@[ -n "$(CHARTS)" ] || node tools/accept-stack.mjs
	@[ -n "$(CHARTS)" ] || node tools/accept-handbook.mjs
	@[ -n "$(CHARTS)" ] || node tools/accept-runbooks.mjs

accept-admission: ## Have a real API server decide by the charts' admission policies, and compare with Kubernetes' Pod Security module: PODS by chance (needs Go)
	@tools/setup.sh node
	@node tools/accept-admission.mjs $(if $(PODS),--pods $(PODS)) $(if $(SEED),--seed $(SEED))

cel-answers: ## Have a real API server judge objects by their definitions' rules in CEL, and write down what it says (needs Go)
	@node tools/cel-answers.mjs

admission-check: ## Hold the checks to a real API server on objects with one fault each: MAX mutants of an object (0: all), OBJECTS=DIR for other objects beside the built-in kinds' (needs Go)
	@tools/setup.sh rust node
	cargo build --quiet --package chartwright-kube --example admission
	@node tools/admission-check.mjs --max $(MAX) target/debug/examples/admission $(OBJECTS)

pss-check: ## Hold the Pod Security Standards to Kubernetes' own module: its fixtures, and PODS by chance, SEED to repeat (needs Go)
	@tools/setup.sh rust node
	cargo build --quiet --package chartwright-kube --example pss
	@node tools/pss-check.mjs $(if $(PODS),--pods $(PODS)) $(if $(SEED),--seed $(SEED)) target/debug/examples/pss

promql-check: ## Have Prometheus' own parser read every expression of the goldens' rules and dashboards, and of the documents (needs Go)
	@cd tools/promql-check && go run -buildvcs=false . $$(grep -rlE '^kind: PrometheusRule|"panels":' --include=stdout ../../tests/goldens) $$(find ../../docs -name '*.md')

kube-schemas: ## Read the API of the Kubernetes releases, and common operators' definitions, anew into crates/kube/data (needs Go)
	@tools/setup.sh node
	node tools/kube-schemas.mjs
	node tools/kube-definitions.mjs

conformance: ## Hold `chartwright template`, or with LINT=1 `chartwright lint --helm`, to real Helm on every chart below a folder: CHARTS=DIR, HELM=3 for Helm 3, FLAGS of helm (needs Go)
	@tools/setup.sh rust
	cargo build --quiet --profile quick --package chartwright-cli
	@node tools/conformance.mjs "$(CHARTS)" --helm $(HELM) $(if $(LINT),--lint) -- $(FLAGS)

trace-check: ## Hold `chartwright explain` to what changed values do to real Helm's output: CHARTS=DIR, MAX changes a chart (0: all) (needs Go)
	@tools/setup.sh rust node
	cargo build --quiet --profile quick --package chartwright-cli
	@node tools/trace-check.mjs "$(CHARTS)" --max $(MAX)

fuzz-helm: ## Random charts, values and flags, held to real Helm: N=1000, SEED to repeat, HELM=3 for Helm 3 (needs Go)
	@tools/setup.sh rust
	cargo build --quiet --profile quick --package chartwright-cli --example loop
	@node tools/fuzz-helm.mjs --n $(N) --helm $(HELM) $(if $(SEED),--seed $(SEED)) target/quick/examples/loop

hostile-wasm: ## Hold hostile charts to a second and 256 MiB in Wasm too, run by V8
	@tools/setup.sh rust node
	rustup target add wasm32-wasip1
	cargo build --quiet --profile quick --target wasm32-wasip1 --package chartwright-cli --bin chartwright
	CHARTWRIGHT_WASM=$(CURDIR)/target/wasm32-wasip1/quick/chartwright.wasm CHARTWRIGHT_PROGRAM=$(CURDIR)/tools/hostile-wasm.mjs \
		cargo test --quiet --profile quick --package chartwright-cli --test hostile

fmt: ## Format the code
	cargo fmt --all

clean: ## Remove what was built
	rm -rf dist target public/generated node_modules test-results
