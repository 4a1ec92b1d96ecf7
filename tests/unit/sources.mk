# Unit tests with cmocka: tests/unit/test-THING.c tests src/*/THING.c. One line here and two below per test.
UNIT_LIBS = $(CMOCKA_LIBS)
UNIT_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
unit_tests =
if HAVE_CMOCKA
unit_tests += tests/unit/test-gate
tests_unit_test_gate_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_gate_LDADD = libfront.a libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-settings
tests_unit_test_settings_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_settings_LDADD = libfront.a libbase.a $(CONFUSE_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-session
tests_unit_test_session_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_session_LDADD = libfront.a libhost.a libbase.a $(LMDB_LIBS) -lpthread $(UNIT_LIBS)
unit_tests += tests/unit/test-process
tests_unit_test_process_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_process_LDADD = libhost.a libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-config
tests_unit_test_config_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_config_LDADD = libbase.a $(CONFUSE_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-log
tests_unit_test_log_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_log_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-clock
tests_unit_test_clock_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_clock_LDADD = libhost.a libbase.a $(GMIME_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-spool
tests_unit_test_spool_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_spool_LDADD = libhost.a libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-watchlist
tests_unit_test_watchlist_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_watchlist_LDADD = libhost.a libbase.a $(LMDB_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-date
tests_unit_test_date_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_date_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-money
tests_unit_test_money_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_money_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-buffer
tests_unit_test_buffer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_buffer_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-document
tests_unit_test_document_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_document_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-document-layout
tests_unit_test_document_layout_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_document_layout_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-document-notation
tests_unit_test_document_notation_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_document_notation_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-document-text
tests_unit_test_document_text_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_document_text_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-amount-text
tests_unit_test_amount_text_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_amount_text_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-closing-days
tests_unit_test_closing_days_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_closing_days_LDADD = libbase.a $(CONFUSE_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-iban
tests_unit_test_iban_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_iban_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-holidays
tests_unit_test_holidays_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_holidays_LDADD = libbase.a $(JANSSON_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-message
tests_unit_test_message_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_message_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-mail-header
tests_unit_test_mail_header_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_header_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-mail-kind
tests_unit_test_mail_kind_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_kind_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-mail-delivery
tests_unit_test_mail_delivery_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_delivery_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-mail-cut
tests_unit_test_mail_cut_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_cut_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-mail-elsewhere
tests_unit_test_mail_elsewhere_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_elsewhere_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-template
tests_unit_test_template_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_template_LDADD = libdunning.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-notation
tests_unit_test_notation_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_notation_LDADD = libdunning.a libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-ladder
tests_unit_test_ladder_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ladder_LDADD = libdunning.a libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-reading
tests_unit_test_reading_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_reading_LDADD = $(READER_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-reading-json
tests_unit_test_reading_json_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_reading_json_LDADD = $(READER_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-cage
tests_unit_test_cage_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_cage_LDADD = libreader.a $(READER_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-reader
tests_unit_test_reader_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_reader_LDADD = libreader_client.a libreader.a $(READER_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-item
tests_unit_test_item_SOURCES = tests/unit/test-item.c src/clerk/item.c src/clerk/item.h
tests_unit_test_item_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_item_LDADD = $(BOOKS_LIBS) $(PANGO_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-send tests/unit/test-copies
DUNNING_TEST_SOURCES = tests/unit/books.c tests/unit/books.h tests/unit/office.c tests/unit/office.h
DUNNING_TEST_LIBS = libdunning.a libledger.a libstore.a libhost.a $(STORE_TEST_LIBS) $(CONFUSE_LIBS) $(QRENCODE_LIBS) $(PANGO_LIBS)
tests_unit_test_copies_SOURCES = tests/unit/test-copies.c $(DUNNING_TEST_SOURCES)
tests_unit_test_copies_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_copies_LDADD = $(BOOKS_LIBS) $(PANGO_LIBS) $(UNIT_LIBS)
tests_unit_test_send_SOURCES = tests/unit/test-send.c $(DUNNING_TEST_SOURCES)
tests_unit_test_send_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_send_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-life-cycles
tests_unit_test_life_cycles_SOURCES = tests/unit/test-life-cycles.c $(DUNNING_TEST_SOURCES)
tests_unit_test_life_cycles_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_life_cycles_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-tasks
tests_unit_test_tasks_SOURCES = tests/unit/test-tasks.c $(DUNNING_TEST_SOURCES)
tests_unit_test_tasks_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_tasks_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-two-clerks
tests_unit_test_two_clerks_SOURCES = tests/unit/test-two-clerks.c $(DUNNING_TEST_SOURCES)
tests_unit_test_two_clerks_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_two_clerks_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-guards
tests_unit_test_guards_SOURCES = tests/unit/test-guards.c $(DUNNING_TEST_SOURCES)
tests_unit_test_guards_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_guards_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-interest
tests_unit_test_interest_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_interest_LDADD = libledger.a libhost.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-payment-qr
tests_unit_test_payment_qr_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_payment_qr_LDADD = libdunning.a libbase.a $(QRENCODE_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-words
tests_unit_test_words_SOURCES = tests/unit/test-words.c $(DUNNING_TEST_SOURCES)
tests_unit_test_words_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_words_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)

unit_tests += tests/unit/test-mail-words
SCENES_SOURCES = tests/unit/scenes.c tests/unit/scenes.h $(DUNNING_TEST_SOURCES)
tests_unit_test_mail_words_SOURCES = tests/unit/test-mail-words.c $(SCENES_SOURCES)
tests_unit_test_mail_words_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_mail_words_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-letter
tests_unit_test_letter_SOURCES = tests/unit/test-letter.c $(DUNNING_TEST_SOURCES)
tests_unit_test_letter_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_letter_LDADD = $(DUNNING_TEST_LIBS) $(POPPLER_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-letter-geometry
tests_unit_test_letter_geometry_SOURCES = tests/unit/test-letter-geometry.c $(SCENES_SOURCES)
tests_unit_test_letter_geometry_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_letter_geometry_LDADD = $(DUNNING_TEST_LIBS) $(POPPLER_LIBS) $(UNIT_LIBS)
endif
if HAVE_CMOCKA
unit_tests += tests/unit/test-authentication-results
tests_unit_test_authentication_results_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_authentication_results_LDADD = libmail.a libbase.a $(UNIT_LIBS) $(CONFUSE_LIBS) $(GMIME_LIBS)
endif

# the store and the ledger, on a real SQLite in a folder of mktemp
if HAVE_CMOCKA
STORE_TEST_LIBS = libledger.a libstore.a libbase.a $(SQLITE_LIBS) $(ZSTD_LIBS) $(JANSSON_LIBS) $(GMIME_LIBS)
unit_tests += tests/unit/test-ledger
tests_unit_test_ledger_SOURCES = tests/unit/test-ledger.c tests/unit/books.c tests/unit/books.h
tests_unit_test_ledger_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_ledger_LDADD = $(STORE_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-store
tests_unit_test_store_SOURCES = tests/unit/test-store.c tests/unit/books.c tests/unit/books.h
tests_unit_test_store_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_store_LDADD = $(STORE_TEST_LIBS) $(UNIT_LIBS)
endif

if HAVE_CMOCKA
unit_tests += tests/unit/test-match
tests_unit_test_match_SOURCES = tests/unit/test-match.c tests/unit/books.c tests/unit/books.h
tests_unit_test_match_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_match_LDADD = $(BOOKS_LIBS) $(UNIT_LIBS)
endif

if HAVE_CMOCKA
unit_tests += tests/unit/test-digest
tests_unit_test_digest_SOURCES = tests/unit/test-digest.c $(DUNNING_TEST_SOURCES)
tests_unit_test_digest_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_digest_LDADD = $(BOOKS_LIBS) $(PANGO_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-intake
tests_unit_test_intake_SOURCES = tests/unit/test-intake.c tests/unit/books.c tests/unit/books.h
tests_unit_test_intake_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_intake_LDADD = $(BOOKS_LIBS) $(UNIT_LIBS)
endif

# relance(1) and its printers
if HAVE_CMOCKA
unit_tests += tests/unit/test-csv
tests_unit_test_csv_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_csv_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-options
tests_unit_test_options_SOURCES = tests/unit/test-options.c src/relance/options.c src/relance/options.h
tests_unit_test_options_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_options_LDADD = libbase.a $(UNIT_LIBS)
unit_tests += tests/unit/test-printer
tests_unit_test_printer_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_printer_LDADD = libreport.a libhost.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) $(UNIT_LIBS)
endif

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
EXTRA_DIST += tests/unit/unit.h
unit_tests += tests/unit/test-due-lines
tests_unit_test_due_lines_SOURCES = tests/unit/test-due-lines.c $(DUNNING_TEST_SOURCES)
tests_unit_test_due_lines_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_due_lines_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-proof
tests_unit_test_proof_SOURCES = tests/unit/test-proof.c $(DUNNING_TEST_SOURCES)
tests_unit_test_proof_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_proof_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-courtesies
tests_unit_test_courtesies_SOURCES = tests/unit/test-courtesies.c $(DUNNING_TEST_SOURCES)
tests_unit_test_courtesies_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_courtesies_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
unit_tests += tests/unit/test-random-operations
tests_unit_test_random_operations_SOURCES = tests/unit/test-random-operations.c $(DUNNING_TEST_SOURCES)
tests_unit_test_random_operations_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_random_operations_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)

unit_tests += tests/unit/test-interest-lines
tests_unit_test_interest_lines_SOURCES = tests/unit/test-interest-lines.c $(DUNNING_TEST_SOURCES)
tests_unit_test_interest_lines_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_interest_lines_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)

unit_tests += tests/unit/test-submission
tests_unit_test_submission_SOURCES = tests/unit/test-submission.c $(DUNNING_TEST_SOURCES)
tests_unit_test_submission_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_submission_LDADD = $(DUNNING_TEST_LIBS) $(UNIT_LIBS)
