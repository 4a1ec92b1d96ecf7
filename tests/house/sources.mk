# tests of the house itself: includes, banned calls, documentation against code
house_tests = \
	tests/house/banned \
	tests/house/command-page \
	tests/house/front-links \
	tests/house/include-rule \
	tests/house/lexicon-words \
	tests/house/milter-status \
	tests/house/pages \
	tests/house/portable-sql \
	tests/house/titles
dist_check_SCRIPTS += $(house_tests)
TESTS += $(house_tests)
check_PROGRAMS += tests/house/config-keys
tests_house_config_keys_LDADD = libbase.a $(CONFUSE_LIBS)
