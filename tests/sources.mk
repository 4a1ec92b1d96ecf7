# Every test is an executable that exits 0 (passed), 77 (skipped, with a message) or anything else (failed). Data comes
# from $(srcdir); a work folder is made with mktemp. Each part of the tests lists its own files.
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	RELANCE_CORPORA="$${RELANCE_CORPORA:-$(abs_top_srcdir)/../shared/corpora}"; export RELANCE_CORPORA; \
	PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE;

# GLib's own allocator would hide from a sanitizer what is freed, and when.
if SANITIZED
AM_TESTS_ENVIRONMENT += \
	LSAN_OPTIONS="suppressions=$(abs_top_srcdir)/tests/leaks-of-libraries:print_suppressions=0"; export LSAN_OPTIONS; \
	G_SLICE=always-malloc; export G_SLICE;
endif
EXTRA_DIST += tests/leaks-of-libraries

include tests/crash/sources.mk
include tests/unit/sources.mk
include tests/simulate/sources.mk
include tests/house/sources.mk
include tests/cli/sources.mk
include tests/wire/sources.mk
include tests/corpora/sources.mk
include tests/end-to-end/sources.mk
include tests/bench/sources.mk
include tests/tools/sources.mk

include tests/fuzz/sources.mk
include tests/tools/replies.mk
