# make bench: ratios against milters that do nothing, on a private Postfix (sh contrib/setup deps unpacks it)
bench_programs = tests/bench/reference-milter tests/bench/milter-load tests/bench/lookup tests/bench/drain \
	tests/bench/planning tests/bench/composing
check_PROGRAMS += $(bench_programs)
tests_bench_reference_milter_SOURCES = tests/bench/reference-milter.c
tests_bench_reference_milter_LDADD = $(MILTER_LIBS)
tests_bench_milter_load_SOURCES = tests/bench/milter-load.c
tests_bench_milter_load_LDADD = libbase.a -lpthread
tests_bench_drain_SOURCES = tests/bench/drain.c
tests_bench_drain_LDADD = libhost.a libbase.a $(LMDB_LIBS)
tests_bench_lookup_SOURCES = tests/bench/lookup.c
tests_bench_lookup_LDADD = libstore.a libbase.a $(SQLITE_LIBS) $(ZSTD_LIBS) $(GMIME_LIBS)
tests_bench_planning_SOURCES = tests/bench/planning.c
tests_bench_planning_LDADD = $(DUNNING_TEST_LIBS)
tests_bench_composing_SOURCES = tests/bench/composing.c
tests_bench_composing_LDADD = $(DUNNING_TEST_LIBS)
EXTRA_DIST += tests/bench/bench tests/bench/answer-mails
bench: all $(bench_programs) tests/bench/read-speed
	@$(AM_TESTS_ENVIRONMENT) $(PYTHON3) $(srcdir)/tests/bench/bench
.PHONY: bench

check_PROGRAMS += tests/bench/read-speed
tests_bench_read_speed_SOURCES = tests/bench/read-speed.c
tests_bench_read_speed_LDADD = libreader_client.a libreader.a $(READER_LIBS)

# make bench-mail: the mails that cost the reading of mails most
EXTRA_DIST += tests/bench/worst-mails
bench-mail: tests/corpora/read-mail
	@$(PYTHON3) $(srcdir)/tests/bench/worst-mails tests/corpora/read-mail
.PHONY: bench-mail
