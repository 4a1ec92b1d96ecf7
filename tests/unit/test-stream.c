#include "unit.h"
#include "language/stream.h"

static const char little[] = "language en\n"
			     "plain: we, not\n"
			     "month 5: may\n"
			     "month 12: december\n"
			     "class NEGATION: not, without\n"
			     "class NO-NEGATION: without fail\n"
			     "class COLOUR: not, blue\n";

static struct lexicon *little_lexicon(void)
{
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(lexicon_add(lexicon, "x.lexicon", little, strlen(little), &error));
	assert_true(lexicon_finish(lexicon, &error));
	return lexicon;
}

static bool is_one_of(size_t position, const size_t *places, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (places[i] == position)
			return true;
	return false;
}

static void look_everywhere(const struct stream *stream, class_id class, const size_t *places, size_t count)
{
	size_t length = stream_length(stream);
	for (size_t first = 0; first < length; first++) {
		bool within = false;
		assert_false(stream_has_within(stream, first, first, class));
		for (size_t end = first + 1; end <= length; end++) {
			bool here = is_one_of(end - 1, places, count);
			assert_int_equal(stream_has(stream, end - 1, class), here);
			within |= here;
			assert_int_equal(stream_has_within(stream, first, end, class), within);
		}
	}
}

static void a_class_is_found_wherever_it_stands(void **state)
{
	(void)state;
	static const size_t places[][3] = {{0, 63, 149}, {64, 100, 128}, {1, 127, 129}, {149, 149, 149}};
	struct lexicon *lexicon = little_lexicon();
	for (size_t set = 0; set < ARRAY_LENGTH(places); set++) {
		GString *text = g_string_new(NULL);
		for (size_t i = 0; i < 150; i++)
			g_string_append(text, is_one_of(i, places[set], 3) ? "not " : "we ");
		struct stream stream;
		stream_init(
		    &stream, lexicon, lexicon_language(lexicon, "en"), text->str, text->len, text->len);
		assert_int_equal(stream_length(&stream), 150);
		/* one that the program knows by name, and one that it does not */
		look_everywhere(&stream, lexicon->known[KNOWN_NEGATION], places[set], 3);
		look_everywhere(&stream, lexicon_class(lexicon, "COLOUR"), places[set], 3);
		assert_false(stream_has_within(&stream, 0, 150, lexicon->known[KNOWN_NO_NEGATION]));
		assert_false(stream_has_within(&stream, 0, 150, CLASS_NONE));
		stream_clear(&stream);
		g_string_free(text, TRUE);
	}
	lexicon_free(lexicon);
}

static void what_is_annotated_later_is_found_too(void **state)
{
	(void)state;
	struct lexicon *lexicon = little_lexicon();
	const char *text = "we not we we blue";
	struct stream stream;
	stream_init(&stream, lexicon, lexicon_language(lexicon, "en"), text, strlen(text), 100);
	stream_annotate(&stream, 3, CLASS_DATE, 1);
	stream_annotate(&stream, 0, CLASS_DATE, 2);
	stream_sort(&stream);
	static const bool wanted[] = {true, false, false, true, false};
	for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++)
		assert_int_equal(stream_has(&stream, i, CLASS_DATE), wanted[i]);
	assert_true(stream_has(&stream, 1, lexicon->known[KNOWN_NEGATION]));
	assert_true(stream_has(&stream, 4, lexicon_class(lexicon, "COLOUR")));
	stream_clear(&stream);
	lexicon_free(lexicon);
}

static void sentences_end_where_the_language_ends_them(void **state)
{
	(void)state;
	static const struct {
		const char *language, *text;
		guint sentences;
	} rows[] = {
	    {"en", "We pay by December 10. Thanks for waiting", 2},
	    {"en", "We pay by December 10. or so", 1},
	    {"en", "We pay by December 10. \u00c0 bient\u00f4t", 2},
	    {"en", "We pay by December 10. \u00bfAnd you", 2},
	    {"en", "We pay by December 10. \u00e0 la carte", 1},
	    {"en", "We pay on 15. May or so", 1},
	    {"en", "We pay by December 10. May we ask why", 2},
	    {"en", "1. We pay", 1},
	    {"en", "We pay\n1. We wait", 2},
	    {"de", "We pay by the 10. December or so", 1}, /* its lexicon says so */
	    {"en", "the first of these is paid, as I said on the telephone,\n- the second one is not", 2},
	    {"en", "the first of these is paid, as I said on the telephone,\nand the second one is not", 1},
	    {"en", "F26-118: the first of these is paid, as said before\nF26-131: the second one is not", 2},
	    {"en", "F26-118 - the first of these is paid, as said before\nF26-131 - the second one is not",
		2},
	    {"en", "the first of these is paid, as I said on the telephone,\n10:30 or so was it", 1},
	    {"en", "the first of these is paid, as I said on the telephone to\nEB26-131, which is not", 1},
	};
	static const char pointed[] = "language de\nplain: wir\nordinal: ten, .\n";
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(lexicon_add(lexicon, "x.lexicon", little, strlen(little), &error));
	assert_true(lexicon_add(lexicon, "y.lexicon", pointed, strlen(pointed), &error));
	assert_true(lexicon_finish(lexicon, &error));
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct stream stream;
		stream_init(&stream, lexicon, lexicon_language(lexicon, rows[i].language), rows[i].text,
		    strlen(rows[i].text), 1000);
		if (stream.sentences->len != rows[i].sentences)
			fail_msg("%s: %u", rows[i].text, stream.sentences->len);
		stream_clear(&stream);
	}
	lexicon_free(lexicon);
}

static void a_negation_that_denies_nothing_is_dropped(void **state)
{
	(void)state;
	struct lexicon *lexicon = little_lexicon();
	class_id negation = lexicon->known[KNOWN_NEGATION], colour = lexicon_class(lexicon, "COLOUR");
	const char *text = "we pay without fail not without blue";
	static const bool wanted[] = {false, false, false, false, true, true, false};
	struct stream stream;
	stream_init(&stream, lexicon, lexicon_language(lexicon, "en"), text, strlen(text), 100);
	for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
		assert_int_equal(stream_has(&stream, i, negation), wanted[i]);
		assert_int_equal(stream_has(&stream, i, colour), i == 4 || i == 6);
	}
	stream_clear(&stream);
	lexicon_free(lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_class_is_found_wherever_it_stands),
	    cmocka_unit_test(what_is_annotated_later_is_found_too),
	    cmocka_unit_test(sentences_end_where_the_language_ends_them),
	    cmocka_unit_test(a_negation_that_denies_nothing_is_dropped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
