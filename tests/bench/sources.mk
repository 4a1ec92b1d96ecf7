# make bench: ratios against milters that do nothing, on a private Postfix (sh contrib/setup deps unpacks it)
bench_programs = tests/bench/reference-milter
check_PROGRAMS += tests/bench/reference-milter
tests_bench_reference_milter_SOURCES = tests/bench/reference-milter.c
tests_bench_reference_milter_LDADD = $(MILTER_LIBS)
