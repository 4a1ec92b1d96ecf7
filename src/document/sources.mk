noinst_LIBRARIES += libdocument.a
libdocument_a_SOURCES = \
	src/document/invoice.c src/document/invoice.h \
	src/document/document.c src/document/document.h \
	src/document/xml.c src/document/xml.h \
	src/document/structured.c src/document/structured.h \
	src/document/cii.c src/document/ubl.c \
	src/document/page.c src/document/page.h \
	src/document/pdf.c src/document/pdf.h
