noinst_LIBRARIES += libdunning.a
libdunning_a_SOURCES = \
	src/dunning/ladder.c src/dunning/ladder.h \
	src/dunning/notation.c src/dunning/notation.h \
	src/dunning/plan.h src/dunning/send.h \
	src/dunning/template.c src/dunning/template.h
