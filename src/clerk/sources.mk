# The way of a message into the books is a library: relance(1) uses it for `import mail` and `explain`.
noinst_LIBRARIES += libintake.a
libintake_a_SOURCES = \
	src/clerk/bank.c src/clerk/bank.h \
	src/clerk/debtor.c src/clerk/debtor.h \
	src/clerk/envelope.c src/clerk/envelope.h \
	src/clerk/findings.c src/clerk/findings.h \
	src/clerk/intake.h src/clerk/intake_incoming.c src/clerk/intake_outgoing.c src/clerk/intake_own.c \
	src/clerk/preceding.c src/clerk/preceding.h \
	src/clerk/record.c src/clerk/record.h
# What every program that keeps books links, in this order.
BOOKS_LIBS = libintake.a libdunning.a libmatch.a libledger.a libstore.a libreading.a liblanguage.a libdocument.a libmail.a \
	libreader_client.a libhost.a libbase.a $(JANSSON_LIBS) $(CONFUSE_LIBS) $(GMIME_LIBS) $(POPPLER_LIBS) $(LIBXML_LIBS) \
	$(SQLITE_LIBS) $(ZSTD_LIBS) $(LMDB_LIBS) $(QRENCODE_LIBS)

pkglibexec_PROGRAMS += relance-clerk
relance_clerk_SOURCES = \
	src/clerk/batch.c src/clerk/batch.h \
	src/clerk/clerk.c src/clerk/clerk.h \
	src/clerk/item.c src/clerk/item.h \
	src/clerk/main.c
relance_clerk_LDADD = $(BOOKS_LIBS)
