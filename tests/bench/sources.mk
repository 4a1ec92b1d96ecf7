# make bench: ratios against milters that do nothing, on a private Postfix (sh contrib/setup deps unpacks it)
bench_programs = tests/bench/reference-milter tests/bench/milter-load
check_PROGRAMS += $(bench_programs)
tests_bench_reference_milter_SOURCES = tests/bench/reference-milter.c
tests_bench_reference_milter_LDADD = $(MILTER_LIBS)
tests_bench_milter_load_SOURCES = tests/bench/milter-load.c
tests_bench_milter_load_LDADD = libbase.a -lpthread
EXTRA_DIST += tests/bench/bench
bench: all $(bench_programs)
	@$(AM_TESTS_ENVIRONMENT) $(PYTHON3) $(srcdir)/tests/bench/bench
.PHONY: bench
