noinst_LIBRARIES += libdocument.a
libdocument_a_SOURCES = \
	src/document/invoice.c src/document/invoice.h \
	src/document/document.c src/document/document.h \
	src/document/xml.c src/document/xml.h \
	src/document/structured.c src/document/structured.h \
	src/document/cii.c src/document/ubl.c \
	src/document/page.c src/document/page.h \
	src/document/pdf.c src/document/pdf.h src/document/pdf_scan.c src/document/pdf_scan.h \
	src/document/embedded.c src/document/embedded.h src/document/filespec.c src/document/filespec.h \
	src/document/pdf_invoice.c src/document/pdf_invoice.h \
	src/document/fold.c src/document/fold.h \
	src/document/notation.c src/document/notation.h \
	src/document/labels.c src/document/labels.h \
	src/document/facts.c src/document/facts.h src/document/document_number.c \
	src/document/facts_currency.c src/document/facts_currency.h \
	src/document/facts_words.c src/document/facts_words.h \
	src/document/currency_find.c src/document/currency_find.h \
	src/document/number_find.c src/document/number_find.h \
	src/document/settled.c src/document/settled.h \
	src/document/candidates.c src/document/candidates.h \
	src/document/sums.c src/document/sums.h \
	src/document/terms.c src/document/terms.h \
	src/document/parties.c src/document/parties.h \
	src/document/text.c src/document/text.h src/document/text_days.c src/document/text_days.h \
	src/document/addresses.c src/document/addresses.h \
	src/document/markup.h src/document/html.c src/document/plain.c \
	src/document/preflight.c src/document/preflight.h \
	src/document/layout.c src/document/layout.h src/document/layout_file.c \
	src/document/layout_marks.c src/document/layout_nearest.c src/document/layout_read.c src/document/layout_teach.c src/document/layout_words.c src/document/layout_words.h \
	src/document/title.c src/document/title.h \
	src/document/told.c src/document/told.h \
	src/document/labels_table.c
