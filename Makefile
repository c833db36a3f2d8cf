# giaoban — one plain, non-recursive GNU makefile. `make help` lists the targets.
#
# Sources are found by wildcard in each room of pipeline/; objects go to build/<CONF>/, one static archive a room to
# build/<CONF>/lib/<room>.a. A room may use only the rooms named before it in ROOMS: that order is the link order, the rule
# `make lint` checks for #include, and what a unit test of a room is linked with. The only sub-makes are those that need
# another CONF or that must look again after scripts/setup has installed something.
.SUFFIXES:
.SECONDEXPANSION:
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all
-include config.mk

ROOMS := base catalogue store intake cube evaluation document canvas chart map layout render script release app

CONF ?= release
ifeq ($(filter $(CONF),release debug asan cov fuzz),)
$(error CONF=$(CONF): one of release debug asan cov fuzz)
endif
B := build/$(CONF)
ifeq ($(CONF),fuzz)
CC := clang
else ifeq ($(origin CC),default)
CC := gcc
endif
AR ?= ar
PKG_CONFIG ?= pkg-config
CLANG_FORMAT ?= clang-format
prefix ?= /usr/local
DESTDIR ?=

# ---- flags ------------------------------------------------------------------------------------------------------------
WARN := -Wall -Wextra -Wshadow -Wconversion -Wswitch-enum -Wvla -Wmissing-prototypes -Wwrite-strings \
        -Wstrict-prototypes -Wformat=2 $(if $(filter 1,$(DEV)),-Werror)
ifeq ($(CONF),fuzz)
WARN := -Wall -Wextra # gcc judges warnings; clang only builds fuzz targets
endif
OPT_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
OPT_debug := -O0 -g3
OPT_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
OPT_cov := -O0 -g --coverage
OPT_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_asan := -fsanitize=address,undefined
LINK_cov := --coverage
LINK_fuzz := -fsanitize=address,undefined
PACKAGES := cairo xlsxwriter sqlite3 lua5.4 libutf8proc jansson libzip expat libcrypto libsodium freetype2 libseccomp libpng geos
# Third-party headers are system headers: our warnings are about our code.
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null))
HPDF_LIBS ?= -lhpdf
# --as-needed: a binary depends on what its rooms use, no more.
LIBS = -Wl,--as-needed $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) $(HPDF_LIBS) -lpng -lz -lm -lpthread
# No path of the building machine and no date gets into a binary: two checkouts build the same bytes.
REPRO := "-ffile-prefix-map=$(CURDIR)=." -Wdate-time
ALL_CPPFLAGS = -D_POSIX_C_SOURCE=200809L -Ipipeline -I$(B)/gen $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(OPT_$(CONF)) $(WARN) $(REPRO) $(CFLAGS)
ALL_LDFLAGS = $(LINK_$(CONF)) -Wl,-z,relro,-z,now $(LDFLAGS)
TEST_CFLAGS := -Wno-conversion -Wno-missing-prototypes

Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-8s %s\n' '$(1)' '$(2)')

# ---- rooms ------------------------------------------------------------------------------------------------------------
srcs = $(sort $(wildcard pipeline/$(1)/*.c) $(wildcard pipeline/$(1)/*.S))
objs = $(patsubst %.S,$(B)/obj/%.S.o,$(patsubst %.c,$(B)/obj/%.o,$(call srcs,$(1))))
ALL_OBJS := $(foreach r,$(ROOMS),$(call objs,$(r)))
HEADERS := $(sort $(wildcard $(foreach r,$(ROOMS),pipeline/$(r)/*.h)))
# Rooms up to and including $(1), and their archives with the lowest room last, as the linker wants them.
upto = $(if $(filter $(1),$(ROOMS)),$(call upto_,$(1),$(ROOMS)),$(error $(1): no such room))
upto_ = $(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,$(call upto_,$(1),$(wordlist 2,99,$(2))))
reverse = $(if $(1),$(call reverse,$(wordlist 2,99,$(1))) $(firstword $(1)))
archives = $(patsubst %,$(B)/lib/%.a,$(call reverse,$(call upto,$(1))))
# test_base_csv, fuzz_base_csv, bench_base_csv -> base
room_of = $(word 2,$(subst _, ,$(notdir $(1))))

UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
REPLAY := $(patsubst fuzz_%,$(B)/replay/replay_%,$(FUZZ))
BENCH := $(patsubst tests/bench/%.c,$(B)/bench/%,$(sort $(wildcard tests/bench/bench_*.c)))
# What tests/bench/run calls: stage_* link the rooms up to render, floor_* and measure the bare libraries.
STAGE := $(patsubst tests/bench/%.c,$(B)/bench/%,$(sort $(wildcard tests/bench/stage_*.c tests/bench/floor_*.c tests/bench/measure.c)))
# Programs that compare with tests/golden; in `check` they run as the unit tests they are.
GOLDEN := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(shell grep -l GB_BLESS tests/unit/test_*.c)))
GOLDEN_SH := $(sort $(wildcard tests/golden/*.sh))
E2E_SH := $(sort $(wildcard tests/e2e/*.sh))
SANDBOX_SH := $(sort $(wildcard tests/sandbox/*.sh))
FAULT_SH := $(sort $(wildcard tests/fault/*.sh))

.PHONY: all bin
all: bin
bin: $(B)/giaoban $(if $(filter release,$(CONF)),build/giaoban)

build/giaoban: build/release/giaoban
	$(call say,LN,$@)
	$(Q)ln -f $< $@ 2>/dev/null || cp -f $< $@

$(B)/giaoban: $(call archives,app) $(B)/.link
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.a,$^) $(LIBS)

$(B)/lib/%.a: $$(call objs,$$*)
	$(call say,AR,$@)
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcsD $@ $(filter %.o,$^)

$(B)/obj/pipeline/%.o: pipeline/%.c | $(B)/gen/gb_build_id.h
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/obj/tests/%.o: tests/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) -Itests $(ALL_CFLAGS) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<

# The build's identity: a hash of what the program is made from, equal in every checkout of the same files.
$(B)/gen/gb_build_id.h: FORCE
	@mkdir -p $(@D)
	@id=$$(find pipeline templates Makefile -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16); \
	printf '/* made by the Makefile */\n#define GB_BUILD_ID "%s"\n' "$$id" > $@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
.PHONY: FORCE
FORCE:
# A changed list of libraries or flags links again.
$(B)/.link: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(ALL_LDFLAGS) $(LIBS)' > $@.new; if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# ---- fonts: Liberation 2, pinned by hash, subset once, carried in the binary -------------------------------------------
FONT_SOURCE ?= /usr/share/fonts/truetype/liberation2
FONTS := $(addprefix Liberation,Serif-Regular Serif-Bold Serif-Italic Serif-BoldItalic Sans-Regular Sans-Bold)
FONT_FILES := $(patsubst %,build/fonts/%.ttf,$(FONTS))
.PHONY: fonts
fonts: $(FONT_FILES)
build/fonts/.checked: templates/fonts/SHA256SUMS
	@mkdir -p $(@D)
	@scripts/fonts-check "$(FONT_SOURCE)" $<
	@touch $@
build/fonts/codepoints.txt: templates/fonts/codepoints.txt
	@mkdir -p $(@D)
	@sed -e 's/#.*//' -e '/^[[:space:]]*$$/d' $< | tr -s ' \t\n' '\n' | sed '/^$$/d' > $@
build/fonts/%.ttf: build/fonts/.checked build/fonts/codepoints.txt
	$(call say,SUBSET,$@)
	$(Q)hb-subset --no-hinting --unicodes-file=build/fonts/codepoints.txt --name-IDs='*' --layout-features='*' \
	    --drop-tables+=GSUB,GPOS,GDEF,FFTM --output-file=$@.new "$(FONT_SOURCE)/$*.ttf" && mv $@.new $@
$(B)/obj/%.S.o: %.S
	$(call say,AS,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) -Wa,-Ibuild/fonts $(REPRO) -MMD -MP -c -o $@ $<
$(B)/obj/pipeline/canvas/fonts_data.S.o: $(FONT_FILES)

# ---- tests ------------------------------------------------------------------------------------------------------------
RUN := GIAOBAN="$(CURDIR)/$(B)/giaoban" GB_CONF=$(CONF) tests/run
$(B)/unit/%: $(B)/obj/tests/unit/%.o $$(call archives,$$(call room_of,$$*)) $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(filter %.a,$^) -lcmocka $(LIBS)
$(B)/bench/%: $(B)/obj/tests/bench/%.o $$(call archives,$$(call room_of,$$*)) $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(filter %.a,$^) $(LIBS)
$(B)/bench/stage_%: $(B)/obj/tests/bench/stage_%.o $$(call archives,render) $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(filter %.a,$^) $(LIBS)
$(filter $(B)/bench/floor_% $(B)/bench/measure,$(STAGE)): $(B)/bench/%: $(B)/obj/tests/bench/%.o $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIBS)
# The judge of `make real`.
$(B)/real/compare: $(B)/obj/tests/real/compare.o $(B)/lib/base.a $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o %.a,$^) $(LIBS)
# A fuzz target replayed on its seeds and on fixed mutations of them: needs no clang, runs in every `make check`.
$(B)/replay/replay_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/replay.o $$(call archives,$$(call room_of,fuzz_$$*)) $(B)/.link
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS)
build/fuzz/fuzz/%: build/fuzz/obj/tests/fuzz/%.o $$(call archives,$$(call room_of,$$*))
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) -fsanitize=fuzzer,address,undefined -o $@ $< $(filter %.a,$^) $(LIBS)

.PHONY: check check-tests check-setup unit golden e2e sandbox fault replay asan ubsan
check: check-setup
	+@$(MAKE) --no-print-directory CONF=$(CONF) check-tests
check-setup:
	@scripts/setup --check
check-tests: bin $(UNIT) $(REPLAY) $(B)/real/compare $(B)/bench/measure
	@$(RUN) unit $(UNIT) golden $(GOLDEN_SH) sandbox $(SANDBOX_SH) e2e $(E2E_SH) fault $(FAULT_SH) fuzz $(REPLAY)
unit: $(UNIT)
	@$(RUN) unit $(UNIT)
golden: bin $(GOLDEN)
	@$(RUN) unit $(GOLDEN) golden $(GOLDEN_SH)
e2e: bin $(B)/real/compare $(B)/bench/measure
	@$(RUN) e2e $(E2E_SH)
sandbox: bin
	@$(RUN) sandbox $(SANDBOX_SH)
fault: bin
	@$(RUN) fault $(FAULT_SH)
replay: $(REPLAY)
	@$(RUN) fuzz $(REPLAY)
# One build carries both sanitizers; two names because people ask for either.
asan ubsan:
	+@$(MAKE) --no-print-directory CONF=asan check-tests

.PHONY: fuzz
F ?= $(patsubst fuzz_%,%,$(FUZZ))
T ?= 30
fuzz:
	@for f in $(F); do \
	    $(MAKE) --no-print-directory CONF=fuzz build/fuzz/fuzz/fuzz_$$f || exit 1; \
	    mkdir -p build/fuzz/corpus/$$f build/fuzz/crash; \
	    echo "fuzz $$f, $(T) s"; \
	    ./build/fuzz/fuzz/fuzz_$$f -max_total_time=$(T) -print_final_stats=0 -verbosity=0 -timeout=10 -rss_limit_mb=1024 \
	        -artifact_prefix=build/fuzz/crash/$$f- build/fuzz/corpus/$$f tests/fuzz/corpus/$$f || exit 1; \
	done

.PHONY: bless repro real gallery attack overlaps pictures bench anomaly-rate forecast-accuracy plan-table cov
bless: $(GOLDEN)
	@test -n "$(T)" -a -x "$(B)/unit/test_$(T)" || { echo "make bless T=<program>, one of: $(patsubst test_%,%,$(notdir $(GOLDEN)))" >&2; exit 64; }
	@git diff --quiet -- tests/golden || { echo "tests/golden has changes already: commit or drop them first" >&2; exit 64; }
	@GB_BLESS=1 $(B)/unit/test_$(T) >/dev/null 2>&1 || true
	@git --no-pager diff -- tests/golden; git diff --quiet -- tests/golden && { echo "nothing differs"; exit 0; }; \
	    printf 'Replace? [y/N] '; read -r answer; test "$$answer" = y || git checkout -q -- tests/golden
repro: bin
	@$(RUN) repro scripts/repro
real: bin $(B)/real/compare $(B)/bench/measure
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" COMPARE="$(CURDIR)/$(B)/real/compare" MEASURE="$(CURDIR)/$(B)/bench/measure" scripts/real
gallery: $(B)/unit/test_render_gallery $(B)/unit/test_render_maps
	@mkdir -p build/gallery && for t in $^; do GB_GALLERY=build/gallery $$t || exit 1; done && echo "build/gallery/gallery.pdf gallery.html maps.pdf maps.html"
attack: bin # L=thanh-hoa DATES="2026-11-20 2026-11-21"
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" scripts/attack $(L)
overlaps: bin # L="thanh-hoa ha-noi": some localities alone
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" scripts/overlaps $(L)
pictures: bin
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" scripts/pictures
plan-table: bin
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" scripts/plan-table
anomaly-rate: bin $(B)/bench/stage_anomaly
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" STAGE="$(CURDIR)/$(B)/bench/stage_anomaly" tests/bench/anomaly
forecast-accuracy: $(B)/bench/stage_forecast
	@STAGE="$(CURDIR)/$(B)/bench/stage_forecast" tests/bench/forecast/run

bench: bin $(BENCH) $(STAGE)
	@for b in $(BENCH); do echo "== $$b"; ./$$b || exit 1; done
	@GIAOBAN="$(CURDIR)/$(B)/giaoban" BENCH="$(B)/bench" tests/bench/run
cov:
	+-@$(MAKE) --no-print-directory CONF=cov check-tests
	@gcovr --root . --filter 'pipeline/' --print-summary --sort-uncovered build/cov/obj

# ---- style ------------------------------------------------------------------------------------------------------------
.PHONY: lint fmt fmt-check hdr-check
# Headers and test tables are aligned by hand (see .clang-format).
C_FILES := $(sort $(wildcard pipeline/*/*.c))
lint: hdr-check
	@scripts/lint
hdr-check: $(B)/gen/gb_build_id.h
	@for h in $(HEADERS); do \
	    $(CC) $(ALL_CPPFLAGS) -std=c11 $(filter-out -Wmissing-prototypes,$(WARN)) -Werror -Wno-unused-function -fsyntax-only -x c $$h \
	        || { echo "hdr-check: $$h does not compile alone" >&2; exit 1; }; done
fmt:
	@$(CLANG_FORMAT) -i $(or $(FILES),$(C_FILES))
fmt-check:
	@$(CLANG_FORMAT) --dry-run --Werror $(or $(FILES),$(C_FILES))

# ---- people -----------------------------------------------------------------------------------------------------------
.PHONY: demo install clean help
DEMO_DATE := 2026-11-22
LOCALITY ?= thanh-hoa
demo: # make demo LOCALITY=ha-noi
	@scripts/setup
	+@$(MAKE) --no-print-directory CONF=release all
	@rm -rf build/demo && mkdir -p build/demo
	build/giaoban sample --locality $(LOCALITY) --from 2025-07-01 --to 2026-11-21 --with-errors -o build/demo/drop
	build/giaoban night --locality $(LOCALITY) --date $(DEMO_DATE) --drop build/demo/drop --store build/demo/store.db --out out; \
	    status=$$?; [ $$status -eq 0 ] || [ $$status -eq 10 ] || exit $$status
	@scripts/demo-where out build/demo/drop

install: all
	install -d "$(DESTDIR)$(prefix)/bin" "$(DESTDIR)$(prefix)/share/giaoban"
	install -m 755 build/giaoban "$(DESTDIR)$(prefix)/bin/giaoban"
	cp -R reports templates "$(DESTDIR)$(prefix)/share/giaoban/"

clean:
	rm -rf build

help:
	@sed 's/^    //' scripts/make-help.txt

-include $(ALL_OBJS:.o=.d)
-include $(patsubst tests/%.c,$(B)/obj/tests/%.d,$(wildcard tests/unit/*.c tests/fuzz/*.c tests/bench/*.c tests/real/*.c))
