# Tools that measure and train the reading of answers; none is installed.
noinst_PROGRAMS += tests/tools/understand-lines
tests_tools_understand_lines_SOURCES = tests/tools/understand-lines.c tests/tools/reply-corpus.c tests/tools/reply-corpus.h
tests_tools_understand_lines_LDADD = liblanguage.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS)
noinst_PROGRAMS += tests/tools/train-replies
tests_tools_train_replies_SOURCES = tests/tools/train-replies.c tests/tools/reply-corpus.c tests/tools/reply-corpus.h
tests_tools_train_replies_LDADD = liblanguage.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) -lm
EXTRA_DIST += tests/data/replies/README.md tests/data/replies/dev-en.jsonl tests/data/replies/dev-fr.jsonl \
	tests/data/replies/dev-fr-b.jsonl tests/data/replies/dev-multi.jsonl tests/data/replies/dev-multi-b.jsonl tests/data/replies/more.jsonl
