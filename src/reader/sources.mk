# relance-reader, the cage; and the client of it that the clerk and the commands link.
pkglibexec_PROGRAMS += relance-reader
relance_reader_SOURCES = src/reader/main.c
relance_reader_LDADD = libreader.a $(READER_LIBS)
noinst_LIBRARIES += libreader.a
libreader_a_SOURCES = \
	src/reader/cage.c src/reader/cage.h \
	src/reader/pool.c src/reader/pool.h \
	src/reader/protocol.h \
	src/reader/setup.c src/reader/setup.h \
	src/reader/worker.c src/reader/worker.h
READER_LIBS = libhost.a libreading.a liblanguage.a libdocument.a libmail.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) \
	$(POPPLER_LIBS) $(LIBXML_LIBS) $(SECCOMP_LIBS)

noinst_LIBRARIES += libreader_client.a
libreader_client_a_SOURCES = src/reader/client.c src/reader/client.h src/reader/protocol.h
