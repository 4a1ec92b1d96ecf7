noinst_LIBRARIES += liblanguage.a
liblanguage_a_SOURCES = \
	src/language/intent.c src/language/intent.h \
	src/language/understand.h
