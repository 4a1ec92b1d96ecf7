# Tools that measure and train the reading of answers; none is installed.
noinst_PROGRAMS += tests/tools/understand-lines
tests_tools_understand_lines_SOURCES = tests/tools/understand-lines.c tests/tools/reply-corpus.c tests/tools/reply-corpus.h
tests_tools_understand_lines_LDADD = liblanguage.a libmail.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS)
noinst_PROGRAMS += tests/tools/train-replies
tests_tools_train_replies_SOURCES = tests/tools/train-replies.c tests/tools/train-days.c tests/tools/train-days.h \
	tests/tools/train-confidence.c tests/tools/train-confidence.h tests/tools/dropping.h \
	tests/tools/reply-corpus.c tests/tools/reply-corpus.h
tests_tools_train_replies_LDADD = liblanguage.a libmail.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS) -lm
EXTRA_DIST += tests/data/replies/README.md tests/data/replies/dev-en.jsonl tests/data/replies/dev-fr.jsonl \
	tests/data/replies/dev-fr-b.jsonl tests/data/replies/dev-multi.jsonl tests/data/replies/dev-multi-b.jsonl tests/data/replies/more.jsonl tests/data/replies/more-es-it.jsonl

# Unit tests of src/language
language_tests = tests/unit/test-beliefs tests/unit/test-language-words tests/unit/test-lexicon \
	tests/unit/test-model tests/unit/test-stream tests/unit/test-understand tests/unit/test-understand-days
LANGUAGE_LIBS = liblanguage.a libmail.a libbase.a $(UNIT_LIBS) $(GMIME_LIBS)
tests_unit_test_beliefs_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_beliefs_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_language_words_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_language_words_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_lexicon_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_lexicon_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_model_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_model_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_stream_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_stream_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_understand_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_understand_LDADD = $(LANGUAGE_LIBS)
tests_unit_test_understand_days_CFLAGS = $(UNIT_CFLAGS)
tests_unit_test_understand_days_LDADD = $(LANGUAGE_LIBS)
if HAVE_CMOCKA
check_PROGRAMS += $(language_tests)
TESTS += $(language_tests)
endif
EXTRA_DIST += tests/unit/shipped.h

# Fuzzers of src/language
FUZZERS += fuzz-language-lexicon fuzz-language-understand
fuzz_language_lexicon_seeds = $(srcdir)/tests/fuzz/seeds/language-lexicon
fuzz_language_understand_seeds = $(srcdir)/tests/fuzz/seeds/language-understand
EXTRA_DIST += tests/fuzz/fuzz-language-lexicon.c tests/fuzz/fuzz-language-understand.c tests/fuzz/seeds/language-lexicon \
	tests/fuzz/seeds/language-understand

# Figures of src/language
EXTRA_DIST += tests/corpora/test-reply-figures tests/corpora/score-replies tests/corpora/score-fields tests/data/replies/plain.jsonl \
	tests/data/replies/blind-es.jsonl tests/data/replies/short-es.jsonl \
	tests/data/replies/blind-it.jsonl tests/data/replies/short-it.jsonl \
	tests/data/replies/blind-en.jsonl tests/data/replies/blind-fr.jsonl \
	tests/data/replies/indirect-en.jsonl tests/data/replies/indirect-fr.jsonl \
	tests/data/replies/told-en.jsonl tests/data/replies/told-fr.jsonl \
	tests/data/replies/short-en.jsonl tests/data/replies/short-fr.jsonl
EXTRA_DIST += tests/data/replies/blind-de.jsonl tests/data/replies/blind-nl.jsonl \
	tests/data/replies/short-de.jsonl tests/data/replies/short-nl.jsonl
EXTRA_DIST += tests/data/replies/told-es.jsonl tests/data/replies/told-it.jsonl
EXTRA_DIST += tests/data/replies/told-de.jsonl tests/data/replies/told-nl.jsonl
noinst_PROGRAMS += tests/tools/find-dates
tests_tools_find_dates_SOURCES = tests/tools/find-dates.c tests/tools/reply-corpus.c tests/tools/reply-corpus.h
tests_tools_find_dates_LDADD = liblanguage.a libmail.a libbase.a $(JANSSON_LIBS) $(GMIME_LIBS)
EXTRA_DIST += tests/corpora/score-dates tests/corpora/make-sample
TESTS += tests/corpora/test-days tests/corpora/test-absences
EXTRA_DIST += tests/corpora/test-absences tests/corpora/score-absences tests/data/days/absences.tsv
EXTRA_DIST += tests/corpora/test-days tests/corpora/score-days tests/data/days/de.txt tests/data/days/en.txt tests/data/days/es.txt \
	tests/data/days/fr.txt tests/data/days/it.txt tests/data/days/nl.txt tests/corpora/score-payments tests/data/days/payments.tsv
EXTRA_DIST += tests/data/replies/scene-en.jsonl tests/data/replies/scene-fr.jsonl \
	tests/data/replies/said-de.jsonl tests/data/replies/said-en.jsonl tests/data/replies/said-fr.jsonl \
	tests/data/replies/said-es.jsonl tests/data/replies/said-it.jsonl tests/data/replies/said-nl.jsonl \
	tests/data/replies/heard-de.jsonl tests/data/replies/heard-en.jsonl tests/data/replies/heard-fr.jsonl tests/data/replies/heard-nl.jsonl \
	tests/data/replies/heard-es.jsonl tests/data/replies/heard-it.jsonl \
	tests/data/replies/lived-de.jsonl tests/data/replies/lived-en.jsonl tests/data/replies/lived-es.jsonl \
	tests/data/replies/lived-fr.jsonl tests/data/replies/lived-it.jsonl tests/data/replies/lived-nl.jsonl
EXTRA_DIST += tests/data/replies/trap-de.jsonl tests/data/replies/trap-en.jsonl tests/data/replies/trap-es.jsonl \
	tests/data/replies/trap-fr.jsonl tests/data/replies/trap-it.jsonl tests/data/replies/trap-nl.jsonl

# Answers that are easily read wrongly, which nothing learns from
TESTS += tests/corpora/test-apart
EXTRA_DIST += tests/corpora/test-apart tests/corpora/score-apart tests/data/apart/apart-de.jsonl tests/data/apart/apart-en.jsonl \
	tests/data/apart/apart-es.jsonl tests/data/apart/apart-fr.jsonl tests/data/apart/apart-it.jsonl tests/data/apart/apart-nl.jsonl
TESTS += tests/corpora/test-traps
EXTRA_DIST += tests/corpora/test-traps tests/data/traps/trap-de.jsonl tests/data/traps/trap-en.jsonl tests/data/traps/trap-es.jsonl \
	tests/data/traps/trap-fr.jsonl tests/data/traps/trap-it.jsonl tests/data/traps/trap-nl.jsonl \
	tests/data/traps/fresh.jsonl
