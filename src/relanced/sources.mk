sbin_PROGRAMS += relanced
relanced_SOURCES = \
	src/relanced/ground.c src/relanced/ground.h \
	src/relanced/main.c \
	src/relanced/options.c src/relanced/options.h \
	src/relanced/supervisor.c src/relanced/supervisor.h \
	src/relanced/taught.c src/relanced/taught.h \
	src/relanced/templates.c src/relanced/templates.h
relanced_LDADD = libfront.a libhost.a libdocument.a libbase.a $(CONFUSE_LIBS) $(GMIME_LIBS)
