#include "unit.h"
#include "language/model.h"
#include "language/understand.h"

static bool add(struct lexicon *lexicon, const char *name, const char *text, struct error *error)
{
	return lexicon_add(lexicon, name, text, strlen(text), error);
}

static void a_mistake_is_named_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *message;
	} rows[] = {
	    {"class PAY: a\n", "x.lexicon:1: the first statement is `language CODE`"},
	    {"language fra\n", "x.lexicon:1: a language is two small letters or *: fra"},
	    {"language fr\n\nnonsense\n", "x.lexicon:3: neither : nor = in: nonsense"},
	    {"language fr\nclass pay: a\n", "x.lexicon:2: a class has a name in capitals: pay"},
	    {"language fr\n# fine\nmonth 13: foo\n", "x.lexicon:3: a number is missing or wrong: month"},
	    {"language fr\ndate someday = #n\n", "x.lexicon:2: unknown way to reckon a date: someday"},
	    {"language fr\ndate fixed 1399 = x\n", "x.lexicon:2: not a number for that way: 1399"},
	    {"language fr\ndate day-of-month 8886 = x\n", "x.lexicon:2: not a number for that way: 8886"},
	    {"language fr\nmaybe day 1 2 = x\n", "x.lexicon:2: one number says how a date is reckoned: 2"},
	    {"language fr\npromise.x = a?? b\n", "x.lexicon:2: a step has one ? at its end"},
	    {"language fr\nmonth-first: dollars\n",
		"x.lexicon:2: a currency has three capital letters: dollars"},
	    {"language fr\nordinal 0: x\n", "x.lexicon:2: a number is missing or wrong: ordinal"},
	    {"language fr\npromise.x certain = PAY\n", "x.lexicon:2: unknown word before =: certain"},
	    {"language fr\ncurrency euro: euros\n",
		"x.lexicon:2: a currency has three capital letters: euro"},
	    {"language fr\nmail closings: salut\n", "x.lexicon:2: no such words of mails: closings"},
	    {"language fr\npromise = PAY\n", "x.lexicon:2: neither a statement nor INTENT.NAME: promise"},
	    {"language fr\nwish.x = PAY\n", "x.lexicon:2: neither a statement nor INTENT.NAME: wish.x"},
	    {"language fr\npromise.x price = PAY\n", "x.lexicon:2: unknown word before =: price"},
	    {"language fr\npromise.x =\n", "x.lexicon:2: empty pattern"},
	    {"language fr\npromise.x = PAY ..99 PAY\n", "x.lexicon:2: a gap is ..1 to ..20: ..99"},
	    {"language fr\npromise.x = (a|b\n", "x.lexicon:2: unfinished alternatives: (a|b"},
	    {"language fr\npromise.x = #nothing\n", "x.lexicon:2: no such built-in class: #nothing"},
	    {"language fr\npromise.x = PAY & -\xff\n", "x.lexicon:2: not UTF-8 text"},
	    {"language fr\nlanguage en\n", "x.lexicon:2: one language a file"},
	    {"language fr\n\nlearnt wish = a_b\n", "x.lexicon:3: no such intent: wish"},
	    {"language fr\nlearnt paid of x = a_b\n", "x.lexicon:2: unknown word before =: of"},
	    {"language fr\nlearnt paid = a & b\n",
		"x.lexicon:2: learnt words are a sequence, not a pattern with &"},
	    {"language fr\nlearnt paid =\n", "x.lexicon:2: empty pattern"},
	    {"relance-model 4\nbias 1\n", "x.lexicon:2: not a line of a model"},
	    {"relance-model 1\nbias 1\n", "x.lexicon:1: a model of another version"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct lexicon *lexicon = lexicon_new();
		struct error error = {0};
		if (add(lexicon, "x.lexicon", rows[i].text, &error))
			fail_msg("taken: %s", rows[i].text);
		assert_string_equal(error.text, rows[i].message);
		lexicon_free(lexicon);
	}
}

static void there_are_not_more_ways_to_say_a_day_than_their_numbers_can_count(void **state)
{
	(void)state;
	static const char *const statements[] = {"date", "later", "maybe"};
	for (size_t i = 0; i < ARRAY_LENGTH(statements); i++) {
		GString *text = g_string_new("language fr\n");
		for (unsigned k = 0; k <= UINT16_MAX; k++)
			g_string_append_printf(text, "%s ignore = x\n", statements[i]);
		struct lexicon *lexicon = lexicon_new();
		struct error error = {0};
		assert_false(lexicon_add(lexicon, "x.lexicon", text->str, text->len, &error));
		assert_string_equal(error.text, "x.lexicon:65537: too many ways to say a day");
		lexicon_free(lexicon);
		g_string_free(text, TRUE);
	}
}

static void a_weight_of_a_model_is_one_character_within_its_bounds(void **state)
{
	(void)state;
	const char zero = 'P', good[] = {zero - MODEL_WEIGHT_MOST, zero, zero + MODEL_WEIGHT_MOST};
	const char bad[] = {zero - MODEL_WEIGHT_MOST - 1, zero + MODEL_WEIGHT_MOST + 1, ' ', '\x80', '\xff'};
	for (size_t place = 0; place < INTENT_COUNT; place++) {
		char text[] = "relance-model 4\n0123abcdPPPPPPPPPPPPP\n";
		char *at = strstr(text, "PPP") + place;
		struct error error = {0};
		for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
			*at = good[i];
			struct model *model = model_parse("x", text, strlen(text), &error);
			assert_non_null(model);
			model_free(model);
		}
		for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
			*at = bad[i];
			assert_null(model_parse("x", text, strlen(text), &error));
			assert_string_equal(error.text, "x:2: not a line of a model");
		}
	}
}

static const char little[] = "language en\n"
			     "plain: we, will, not, on\n"
			     "weekday 5: friday\n"
			     "month 3: march\n"
			     "class NEGATION: not\n"
			     "class CONDITION: if\n"
			     "class PAY: pay, settle\n"
			     "date weekday 0 = #weekday\n"
			     "date day-month = #day #month\n"
			     "promise.pay sure = PAY & @future\n"
			     "dispute.wrong sure price = (wrong|false) ..2 price\n";

static struct understanding *reading_of(const struct lexicon *lexicon, const char *text)
{
	struct understand_context context = {.sent = date_from_parts(2026, 3, 17)};
	return understand(lexicon, text, &context);
}

static void a_sysadmin_adds_a_language_with_words_alone(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(lexicon_finish(lexicon, &error));
	struct understanding *read_one = reading_of(lexicon, "We will settle it on Friday.");
	assert_string_equal(read_one->language, "en");
	assert_int_equal(read_one->primary, INTENT_PROMISE);
	const struct intent *intent = read_one->intents->pdata[0];
	assert_int_equal(intent->date, date_from_parts(2026, 3, 20));
	assert_string_equal(intent->rule, "en.promise.pay");
	assert_string_equal(intent->span, "We will settle it on Friday");
	understanding_free(read_one);
	lexicon_free(lexicon);
}

static void rules_are_weakened_by_negation_question_and_condition(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(lexicon_finish(lexicon, &error));
	static const struct {
		const char *text;
		enum intent_kind primary;
	} rows[] = {
	    {"we will pay on friday", INTENT_PROMISE},
	    {"we will not pay on friday", INTENT_NONE},
	    {"pay on friday?", INTENT_NONE},
	    {"if we pay on friday", INTENT_NONE},
	    {"the wrong unit price", INTENT_DISPUTE},
	    {"the price is wrong", INTENT_NONE},
	    {"wrong. the price", INTENT_NONE},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(lexicon, rows[i].text);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

static void what_did_not_happen_and_what_happened_to_others_proves_nothing(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(add(lexicon, "more.lexicon",
	    "language en\n"
	    "class WOULD-HAVE: would have\n"
	    "class SOMEBODY-ELSE: our customer\n"
	    "class REPORT: you write\n"
	    "class NOT-SO: not at all\n"
	    "paid.paid sure = paid\n"
	    "insolvency.bankrupt sure = bankrupt\n"
	    "dispute.contested sure = contested\n",
	    &error));
	assert_true(lexicon_finish(lexicon, &error));
	static const struct {
		const char *text;
		enum intent_kind primary;
	} rows[] = {
	    {"we have paid", INTENT_PAID},
	    {"we would have paid", INTENT_NONE},
	    {"we would have paid. but now we paid", INTENT_PAID},
	    {"it would have been contested", INTENT_DISPUTE},
	    {"we are bankrupt", INTENT_INSOLVENCY},
	    {"our customer is bankrupt", INTENT_NONE},
	    {"our customer contested it", INTENT_DISPUTE},
	    {"it is contested", INTENT_DISPUTE},
	    {"you write that it is contested", INTENT_NONE},
	    {"contested. not at all", INTENT_NONE},
	    {"contested. it is not at all paid", INTENT_DISPUTE},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(lexicon, rows[i].text);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

static void a_rule_for_questions_is_looked_for_in_questions_alone(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(add(lexicon, "more.lexicon",
	    "language en\n"
	    "class INVOICE: invoice\n"
	    "ticket.case sure question = INVOICE & @today\n"
	    "date offset 0 = today\n"
	    "ack.seen sure question = seen\n",
	    &error));
	assert_true(lexicon_finish(lexicon, &error));
	static const struct {
		const char *text;
		const char *rule;
	} rows[] = {
	    {"has the invoice come today?", "en.ticket.case"},
	    {"has the invoice come today.", "none"},
	    {"seen?", "en.ack.seen"},
	    {"seen.", "none"},
	    {"we will. seen?", "en.ack.seen"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(lexicon, rows[i].text);
		const struct intent *intent = understanding->intents->pdata[0];
		assert_string_equal(intent->rule, rows[i].rule);
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

static void accents_count_where_a_word_says_so(void **state)
{
	(void)state;
	static const char words[] = "language de\n"
				    "plain: der, wurde\n"
				    "paid.was sure = =wurde bezahlt\n"
				    "delay.would sure = =würde bezahlt\n"
				    "ack.goods sure = mänge\n";
	static const struct {
		const char *text;
		enum intent_kind primary;
	} rows[] = {
	    {"der wurde bezahlt", INTENT_PAID},
	    {"DER WURDE BEZAHLT", INTENT_PAID},
	    {"der würde bezahlt", INTENT_DELAY},
	    {"DER WÜRDE BEZAHLT", INTENT_DELAY},
	    {"der wuerde bezahlt", INTENT_DELAY},
	    {"der wurden bezahlt", INTENT_NONE},
	    {"der mange", INTENT_ACK},
	    {"der maenge", INTENT_ACK},
	};
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "de.lexicon", words, &error));
	assert_true(lexicon_finish(lexicon, &error));
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(lexicon, rows[i].text);
		if (understanding->primary != rows[i].primary)
			fail_msg("%s: %s", rows[i].text, intent_kind_word(understanding->primary));
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

static void a_later_file_extends_and_takes_away(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(
	    add(lexicon, "site.lexicon", "language en\nclass PAY: cough up\ndispute.wrong off =\n", &error));
	assert_true(lexicon_finish(lexicon, &error));
	struct understanding *added = reading_of(lexicon, "we cough up on friday");
	assert_int_equal(added->primary, INTENT_PROMISE);
	understanding_free(added);
	struct understanding *taken = reading_of(lexicon, "the wrong unit price");
	assert_int_equal(taken->primary, INTENT_NONE);
	understanding_free(taken);
	lexicon_free(lexicon);
}

static void words_of_all_languages_tell_none_of_them(void **state)
{
	(void)state;
	static const struct {
		const char *text, *language;
	} rows[] = {{"Number 12", ""}, {"we number 12", "en"}};
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(add(lexicon, "all.lexicon", "language *\nclass X-NUMBER-WORD: number\n", &error));
	assert_true(lexicon_finish(lexicon, &error));
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understanding *understanding = reading_of(lexicon, rows[i].text);
		assert_string_equal(understanding->language, rows[i].language);
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

static void what_the_site_learnt_decides_its_sentence_alone(void **state)
{
	(void)state;
	static const struct {
		const char *text, *from;
		enum intent_kind primary;
		guint intents;
	} rows[] = {
	    {"it is on its way", "lea@habitat.example", INTENT_PAID, 1},
	    {"it is on its way", "lea@mail.habitat.example", INTENT_NONE, 1},
	    {"it is on its way", NULL, INTENT_NONE, 1},
	    {"we will settle the thing on friday", "x@y.example", INTENT_DISPUTE, 1},
	    {"we will settle it on friday", "x@y.example", INTENT_PROMISE, 1},
	    {"we will settle the thing on friday. we will pay on friday", "x@y.example", INTENT_DISPUTE, 2},
	    {"will we settle the thing on friday?", "x@y.example", INTENT_NONE, 1},
	    {"never mind, we will pay on friday", "boss@y.example", INTENT_NONE, 1},
	    {"never mind, we will pay on friday", "lea@y.example", INTENT_PROMISE, 1},
	};
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_true(add(lexicon, "learnt-en.lexicon",
	    "language en\nlearnt paid from habitat.example sure = it is on its way\n"
	    "learnt dispute quality likely = settle the thing\n"
	    "learnt none from boss@y.example = never mind\n",
	    &error));
	assert_true(lexicon_finish(lexicon, &error));
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct understand_context context = {
		    .sent = date_from_parts(2026, 3, 17), .from_address = rows[i].from};
		struct understanding *reading = understand(lexicon, rows[i].text, &context);
		if (reading->primary != rows[i].primary || reading->intents->len != rows[i].intents)
			fail_msg("row %zu: %s, %u intents", i, intent_kind_word(reading->primary),
			    reading->intents->len);
		const struct intent *first = reading->intents->pdata[0];
		if (i == 0) {
			assert_int_equal(reading->confidence, 950);
			assert_string_equal(first->rule, "en.learnt.learnt-en.lexicon:2");
			assert_string_equal(first->span, "it is on its way");
		}
		if (i == 3) {
			assert_int_equal(reading->confidence, 850);
			assert_string_equal(first->reason, "quality");
		}
		understanding_free(reading);
	}
	lexicon_free(lexicon);
}

static void a_lexicon_with_a_bad_file_is_refused(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(add(lexicon, "en.lexicon", little, &error));
	assert_false(add(lexicon, "bad.lexicon", "language en\nclass PAY: wrong unit\nclass\n", &error));
	assert_false(lexicon_finish(lexicon, &error));
	assert_string_equal(error.text, "a file of the lexicon is bad");
	lexicon_free(lexicon);
}

static void nothing_at_all_is_understood_as_none(void **state)
{
	(void)state;
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(lexicon_finish(lexicon, &error));
	static const char *const texts[] = {"", " \n", "\xff\xfe", "pay on friday", "????", "1 2 3"};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
		struct understanding *understanding = reading_of(lexicon, texts[i]);
		assert_string_equal(understanding->language, "");
		assert_int_equal(understanding->primary, INTENT_NONE);
		assert_int_equal(understanding->intents->len, 1);
		assert_true(understanding->confidence < 800);
		understanding_free(understanding);
	}
	lexicon_free(lexicon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(there_are_not_more_ways_to_say_a_day_than_their_numbers_can_count),
	    cmocka_unit_test(a_weight_of_a_model_is_one_character_within_its_bounds),
	    cmocka_unit_test(a_mistake_is_named_with_its_line),
	    cmocka_unit_test(a_sysadmin_adds_a_language_with_words_alone),
	    cmocka_unit_test(rules_are_weakened_by_negation_question_and_condition),
	    cmocka_unit_test(what_did_not_happen_and_what_happened_to_others_proves_nothing),
	    cmocka_unit_test(a_rule_for_questions_is_looked_for_in_questions_alone),
	    cmocka_unit_test(accents_count_where_a_word_says_so),
	    cmocka_unit_test(a_later_file_extends_and_takes_away),
	    cmocka_unit_test(what_the_site_learnt_decides_its_sentence_alone),
	    cmocka_unit_test(words_of_all_languages_tell_none_of_them),
	    cmocka_unit_test(a_lexicon_with_a_bad_file_is_refused),
	    cmocka_unit_test(nothing_at_all_is_understood_as_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
