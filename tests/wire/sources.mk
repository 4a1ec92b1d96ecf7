# The front as an MTA sees it; skipped without miltertest.
check_PROGRAMS += tests/wire/watch
tests_wire_watch_LDADD = libhost.a libbase.a $(LMDB_LIBS)
dist_check_SCRIPTS += tests/wire/daemon tests/wire/run
TESTS += tests/wire/daemon tests/wire/run
EXTRA_DIST += \
	tests/wire/abort-and-close.lua \
	tests/wire/agreement.lua \
	tests/wire/bytes.lua \
	tests/wire/directions.lua \
	tests/wire/no-interest.lua \
	tests/wire/raw-client \
	tests/wire/several-messages.lua \
	tests/wire/size-cap.lua \
	tests/wire/stage.sh \
	tests/wire/wire.lua
