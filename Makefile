# Builds, tries and tests Langevin. `make` alone lists the targets.

SWIFT ?= swift
DEMO ?= demo
# The libraries need the first three; pictures also need the next two and the font.
PACKAGES = libopenblas-dev liblapacke-dev zlib1g-dev libcairo2-dev libwebp-dev pkg-config \
	fonts-dejavu-core
# Additional packages for the comparison with other libraries; torch.compile and Eigen need the C++ compiler.
PYTHON ?= python3
PEERS := .build-peers
MATRIX_PEERS := .build-peers-matrices
PEER_PACKAGES = $(shell $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv) \
	$(shell $(PYTHON) -c '$(FIND_HEADERS)' 2>/dev/null || echo python3-dev) \
	$(shell command -v g++ >/dev/null || echo g++) $(if $(WITH_MATRICES),libeigen3-dev)
# The parts of the comparison that ARGUMENTS choose, all by default. Matrices have other peers, and need
# neither JAX and PyTorch nor the tool.
PARTS = $(or $(filter $(ALL_PARTS),$(patsubst --only=%,%,$(ARGUMENTS))),$(ALL_PARTS))
ALL_PARTS = training sampling start run matrices
WITH_MATRICES = $(filter matrices,$(PARTS))
WITH_MODELS = $(filter-out matrices,$(PARTS))
PRODUCTS_TO_COMPARE = $(if $(WITH_MODELS),langevin) $(if $(WITH_MATRICES),langevin-matrices)
FIND_HEADERS := import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")
# `make install` puts files under $(DESTDIR)$(PREFIX); DESTDIR is empty by default.
PREFIX ?= /usr/local
INSTALL ?= install
INSTALL_PROGRAM ?= $(INSTALL) -s
INSTALL_DATA ?= $(INSTALL) -m 644
INSTALLED_BIN = "$(DESTDIR)$(PREFIX)/bin"
INSTALLED_MAN = "$(DESTDIR)$(PREFIX)/share/man/man1"
INSTALLED_BASH = "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
INSTALLED_ZSH = "$(DESTDIR)$(PREFIX)/share/zsh/site-functions"
INSTALLED_FISH = "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
# Linked statically with Swift's libraries, so that the tool runs without a Swift toolchain.
BUILD_TO_INSTALL = $(SWIFT) build -c release --scratch-path .build-install \
	$(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
# The documented modules, which are the library products, and the folder of the site.
MODULES = Langevin LinearAlgebra NeuralNetwork Diffusion Datasets Tables Evaluation SafeTensors Checkpoints Plots
SITE = Docs/.build
# The path of the site on its server, if it is not the root; `langevin` for https://…/langevin/.
BASE_PATH ?=
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Without a declared dependency a build depends on chance: on whether the other module is ready.
BUILD_TESTS = $(SWIFT) build --build-tests --explicit-target-dependency-import-check error
# Tests need all builds of the kernels; by default, a debug build has the baseline only.
export LANGEVIN_DEBUG_LEVELS = all

.DEFAULT_GOAL := help
.PHONY: help setup build release demo test test-exhaustive test-tables test-portability test-sanitizers \
	test-report test-install test-commands test-docs fuzz installable install uninstall docs lint format \
	benchmark benchmark-quality benchmark-peers clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: ## Install missing Debian packages
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "install by hand:$$missing" >&2; exit 1; }; \
	  $(SUDO) apt-get update -q && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -q -y --no-install-recommends $$missing; \
	fi

build: setup ## Build everything for debugging
	$(BUILD_TESTS)

release: setup
	$(SWIFT) build -c release --product langevin

demo: release ## Train on the swiss roll, sample it, write pictures to demo/
	@tool="$$($(SWIFT) build -c release --show-bin-path)/langevin"; set -e; \
	"$$tool" train swiss-roll $(if $(EPOCHS),--epochs $(EPOCHS)) --output $(DEMO) --overwrite; \
	"$$tool" sample $(DEMO) --count 10000 --output $(DEMO)/samples.csv; \
	for kind in samples reverse loss; do \
	  "$$tool" plot $(DEMO) --kind $$kind --output $(DEMO)/$$kind.png --quiet; \
	done; \
	echo "look at $(DEMO)/samples.png, $(DEMO)/reverse.png and $(DEMO)/loss.png"

test: setup ## Build and run all tests, including those of the examples
	$(BUILD_TESTS)
	$(SWIFT) test --skip-build
	Tests/check-kernel-symbols.sh
	Tests/check-soundness.sh
	Tests/check-diagnostics.sh
	Tests/check-pages.sh
	Tests/check-bits.sh
	Tests/run-example.sh
	Tests/check-numerics.sh
	Tests/check-numpy.sh

test-report: PACKAGES += $(shell command -v chromium >/dev/null || echo chromium) \
	$(shell command -v python3 >/dev/null || echo python3)
test-report: setup ## Check reports in a headless Chromium; installs it if it is missing
	Tests/check-report.sh

test-exhaustive: setup ## Check exp, log1p, softplus and sigmoid of every Float
	LANGEVIN_EXHAUSTIVE=1 $(SWIFT) test -c release --scratch-path .build-release \
	  --filter staysWithinFourUlpsEverywhere

# TABLE=137 runs one table alone.
test-tables: TABLES = 500
test-tables: setup ## Train on, sample and measure TABLES=500 generated tables: some 20 minutes
	LANGEVIN_TABLES=$(TABLES) LANGEVIN_TABLE=$(TABLE) $(SWIFT) test -c release \
	  --scratch-path .build-release --filter TableVarietyTests

test-portability: setup ## Run the test binary on emulated older processors
	Tests/run-portability.sh

test-sanitizers: setup ## Run the tests under Address and Thread Sanitizer
	# Leaks are not reported: XCTest and the font library keep some memory until the process ends.
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize=address --scratch-path .build-address
	$(SWIFT) test --sanitize=thread --scratch-path .build-thread

test-commands: setup ## Run the commands that README, Docs and the help show
	Tests/check-commands.sh

# Seconds for each reader. Two readers are fuzzed at a time.
fuzz: SECONDS = 150
fuzz: setup ## Fuzz each of the four file readers for SECONDS=150
	Tests/run-fuzzer.sh $(SECONDS)

test-install: ## Install into a temporary folder, and check the result
	Tests/check-install.sh

installable: setup
	$(BUILD_TO_INSTALL) --product langevin
	$(BUILD_TO_INSTALL) --product generate-manual
	Packaging/make-pages.sh "$$($(BUILD_TO_INSTALL) --show-bin-path)" .build-install/pages

install: installable ## Install the tool, its manual and its completions under PREFIX (/usr/local)
	$(INSTALL) -d $(INSTALLED_BIN) $(INSTALLED_MAN) $(INSTALLED_BASH) $(INSTALLED_ZSH) $(INSTALLED_FISH)
	$(INSTALL_PROGRAM) "$$($(BUILD_TO_INSTALL) --show-bin-path)/langevin" $(INSTALLED_BIN)/langevin
	$(INSTALL_DATA) .build-install/pages/langevin.1 $(INSTALLED_MAN)/langevin.1
	$(INSTALL_DATA) .build-install/pages/langevin.bash $(INSTALLED_BASH)/langevin
	$(INSTALL_DATA) .build-install/pages/langevin.zsh $(INSTALLED_ZSH)/_langevin
	$(INSTALL_DATA) .build-install/pages/langevin.fish $(INSTALLED_FISH)/langevin.fish

uninstall: ## Remove the installed files from PREFIX
	rm -f $(INSTALLED_BIN)/langevin $(INSTALLED_MAN)/langevin.1 $(INSTALLED_BASH)/langevin \
	  $(INSTALLED_ZSH)/_langevin $(INSTALLED_FISH)/langevin.fish

docs: setup ## Write the documentation of all modules as a static site to Docs/.build
	LANGEVIN_DOCS=1 $(SWIFT) package --scratch-path .build-docs \
	  --allow-writing-to-directory $(SITE) generate-documentation \
	  --enable-experimental-combined-documentation $(MODULES:%=--target %) --warnings-as-errors \
	  --transform-for-static-hosting $(if $(BASE_PATH),--hosting-base-path $(BASE_PATH)) \
	  --output-path $(SITE)
	@Docs/make-index.sh $(SITE) $(BASE_PATH)
	@echo "view it with: python3 -m http.server --directory $(SITE)"

test-docs: docs ## Build the documentation, and check that every public symbol has some
	Tests/check-documentation.py .build-docs $(MODULES)

lint: ## Check the format of all Swift files, and that release builds keep failure messages
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks Examples
	Tests/check-preconditions.sh

format: ## Format all Swift files in place
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks Examples

benchmark: setup ## Measure kernels, layers, training and sampling: a minute or two
	$(SWIFT) build -c release --product langevin-benchmark
	@"$$($(SWIFT) build -c release --show-bin-path)/langevin-benchmark" $(ARGUMENTS)

benchmark-quality: setup ## Train on the data sets, and measure the samples: a quarter of an hour or more
	$(SWIFT) build -c release --scratch-path .build-release --product langevin-quality
	@"$$($(SWIFT) build -c release --scratch-path .build-release --show-bin-path)/langevin-quality" \
	  $(ARGUMENTS)

benchmark-peers: PACKAGES += $(PEER_PACKAGES)
benchmark-peers: setup ## Compare with JAX, PyTorch, NumPy, Eigen and others, and install them
	@set -e; \
	for product in $(PRODUCTS_TO_COMPARE); do $(SWIFT) build -c release --product $$product; done; \
	$(if $(WITH_MODELS),PYTHON=$(PYTHON) Benchmarks/Peers/prepare.sh $(PEERS);) \
	$(if $(WITH_MATRICES),PYTHON=$(PYTHON) Benchmarks/Peers/prepare.sh $(MATRIX_PEERS) matrices;) \
	tools="$$($(SWIFT) build -c release --show-bin-path)"; \
	$(if $(WITH_MODELS),$(PEERS),$(MATRIX_PEERS))/bin/python -B Benchmarks/Peers/compare.py \
	  --langevin "$$tools/langevin" --matrices "$$tools/langevin-matrices" \
	  --matrix-peers $(MATRIX_PEERS) $(ARGUMENTS)

clean: ## Remove all build products and pictures
	rm -rf .build .build-* $(SITE) Examples/*/.build Benchmarks/Peers/__pycache__ $(DEMO)
