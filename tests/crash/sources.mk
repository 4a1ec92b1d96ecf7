# Processes are killed at their fault points (src/host/fault.h), and the power fails; what is in the books afterwards is the
# same.
check_PROGRAMS += tests/crash/spool-power
tests_crash_spool_power_SOURCES = tests/crash/spool-power.c
tests_crash_spool_power_LDADD = libhost.a libbase.a $(LMDB_LIBS)
crash_tests = \
	tests/crash/books \
	tests/crash/front \
	tests/crash/power
dist_check_SCRIPTS += $(crash_tests)
TESTS += $(crash_tests)
