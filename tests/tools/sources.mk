# Programs that tests and figures use.
check_PROGRAMS += tests/tools/read-json
tests_tools_read_json_SOURCES = tests/tools/read-json.c
tests_tools_read_json_LDADD = libreader_client.a libreader.a $(READER_LIBS)
EXTRA_DIST += tests/data/mail/make-mails tests/data/mail/bounce.eml tests/data/mail/invoice-body.eml \
	tests/data/mail/invoice-pdf-xml.eml tests/data/mail/invoice-two.eml tests/data/mail/read-receipt.eml \
	tests/data/mail/reply-promise.eml
