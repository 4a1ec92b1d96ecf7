# Processes are killed at their fault points (src/host/fault.h); what is in the books afterwards is the same.
crash_tests = \
	tests/crash/books \
	tests/crash/front
dist_check_SCRIPTS += $(crash_tests)
TESTS += $(crash_tests)
