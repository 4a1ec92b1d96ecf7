noinst_LIBRARIES += libmatch.a
libmatch_a_SOURCES = \
	src/match/candidates.c src/match/candidates.h \
	src/match/lookalike.c src/match/lookalike.h \
	src/match/match.c src/match/match.h \
	src/match/number.c \
	src/match/trust.c src/match/trust.h
