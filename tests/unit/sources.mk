# Unit tests with cmocka: tests/unit/test-THING.c tests src/*/THING.c. One line here and two below per test.
UNIT_LIBS = $(CMOCKA_LIBS)
UNIT_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
unit_tests =
if HAVE_CMOCKA
unit_tests += tests/unit/test-date
tests_unit_test_date_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_date_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-money
tests_unit_test_money_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_money_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-buffer
tests_unit_test_buffer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_buffer_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-amount-text
tests_unit_test_amount_text_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_amount_text_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-iban
tests_unit_test_iban_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_iban_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-holidays
tests_unit_test_holidays_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_holidays_LDADD = libbase.a $(JANSSON_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-message
tests_unit_test_message_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_message_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
endif
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
EXTRA_DIST += tests/unit/unit.h
