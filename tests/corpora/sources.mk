# Figures over the test data in $RELANCE_CORPORA; each skips where that is absent.
EXTRA_DIST += tests/corpora/score-invoices
check_PROGRAMS += tests/corpora/read-documents
tests_corpora_read_documents_LDADD = libdocument.a libbase.a $(POPPLER_LIBS) $(LIBXML_LIBS)
