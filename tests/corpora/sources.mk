# Figures over the test data in $RELANCE_CORPORA; each skips where that is absent.
EXTRA_DIST += tests/data/invoices/make-invoices tests/data/invoices/samples.py tests/data/invoices/designs.py tests/data/invoices/pdf_writer.py \
	tests/data/invoices/sheets.py tests/data/invoices/sheets.txt
EXTRA_DIST += tests/corpora/score-invoices tests/corpora/invoice-figures.txt
TESTS += tests/corpora/test-invoice-designs tests/corpora/test-invoice-figures tests/corpora/test-invoice-samples \
	tests/corpora/test-invoice-sheets tests/corpora/test-taught-sheets tests/corpora/test-taught-layouts
EXTRA_DIST += tests/corpora/test-invoice-designs tests/corpora/test-invoice-figures tests/corpora/test-invoice-samples \
	tests/corpora/test-invoice-sheets tests/corpora/test-taught-sheets tests/corpora/test-taught-layouts
check_PROGRAMS += tests/corpora/read-documents
tests_corpora_read_documents_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS)

check_PROGRAMS += tests/corpora/read-mail
tests_corpora_read_mail_SOURCES = tests/corpora/read-mail.c
tests_corpora_read_mail_LDADD = libmail.a libbase.a $(GMIME_LIBS)
TESTS += tests/corpora/test-mail-figures
EXTRA_DIST += tests/corpora/test-mail-figures tests/corpora/score-bounces tests/corpora/score-cutting \
	tests/corpora/score-new-text tests/corpora/score-styles

EXTRA_DIST += tests/corpora/score-reading-replies tests/corpora/read-everything tests/corpora/read-hostile
TESTS += tests/corpora/read-everything tests/corpora/read-hostile
