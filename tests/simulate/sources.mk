# two years of a creditor's life: a small one in make check, the whole with tests/simulate/simulate
if HAVE_CMOCKA
check_PROGRAMS += tests/simulate/simulate
tests_simulate_simulate_SOURCES = tests/simulate/simulate.c
tests_simulate_simulate_LDADD = $(DUNNING_TEST_LIBS)
dist_check_SCRIPTS += tests/simulate/test-simulate
TESTS += tests/simulate/test-simulate
endif
