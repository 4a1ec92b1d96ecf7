# The milter. Everything but libmilter's door and main is in a library, so that tests link it without libmilter.
noinst_LIBRARIES += libfront.a
libfront_a_SOURCES = \
	src/front/answer.h \
	src/front/envelope.c src/front/envelope.h \
	src/front/gate.c src/front/gate.h \
	src/front/session.c src/front/session.h \
	src/front/settings.c src/front/settings.h \
	src/front/shared.c src/front/shared.h
pkglibexec_PROGRAMS += relance-front
relance_front_SOURCES = \
	src/front/main.c \
	src/front/milter.c src/front/milter.h
relance_front_LDADD = libfront.a libhost.a libbase.a $(MILTER_LIBS) $(LMDB_LIBS)
