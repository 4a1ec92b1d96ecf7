noinst_LIBRARIES += libdunning.a
libdunning_a_SOURCES = \
	src/dunning/chase.c src/dunning/chase.h \
	src/dunning/guards.c src/dunning/guards.h \
	src/dunning/effects.c src/dunning/effects.h src/dunning/effects_apply.c \
	src/dunning/ladder.c src/dunning/ladder.h \
	src/dunning/notation.c src/dunning/notation.h \
	src/dunning/plan.c src/dunning/plan.h \
	src/dunning/recipients.c src/dunning/recipients.h \
	src/dunning/send.h \
	src/dunning/template.c src/dunning/template.h
