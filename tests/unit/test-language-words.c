#include "unit.h"
#include "language/words.h"

static struct number_words number_words;

static void numbers_are_read_in_all_notations(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum token_kind kind;
		int64_t value;
		int exponent;
		const char *currency;
	} rows[] = {
	    {"1 188,00 €", TOKEN_AMOUNT, 118800, 2, "EUR"},
	    {"1.188,00", TOKEN_AMOUNT, 118800, 2, ""},
	    {"1.188,-", TOKEN_AMOUNT, 1188, 0, ""},
	    {"£1,188", TOKEN_AMOUNT, 1188, 0, "GBP"},
	    {"1188 euros TTC", TOKEN_AMOUNT, 1188, 0, "EUR"},
	    {"CHF 3'243.00", TOKEN_AMOUNT, 324300, 2, "CHF"},
	    {"12\u202f500,5 EUR", TOKEN_AMOUNT, 125005, 1, "EUR"},
	    {"$12,000.00", TOKEN_AMOUNT, 1200000, 2, "USD"},
	    {"12€50", TOKEN_AMOUNT, 1250, 2, "EUR"},
	    {"5 millions FCFA", TOKEN_AMOUNT, 5000000, 0, "XOF"},
	    {"-42,00", TOKEN_AMOUNT, -4200, 2, ""},
	    {"50 %", TOKEN_PERCENT, 50, 0, ""},
	    {"118", TOKEN_NUMBER, 118, 0, ""},
	    {"31st", TOKEN_NUMBER, 31, 0, ""},
	    {"2026", TOKEN_NUMBER, 2026, 0, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct words words;
		words_init(&words, &number_words, rows[i].text, strlen(rows[i].text), 1000);
		const struct token *found = NULL;
		for (guint k = 0; k < words.tokens->len && !found; k++)
			if (words_token(&words, k)->kind == rows[i].kind)
				found = words_token(&words, k);
		if (!found || found->value != rows[i].value)
			fail_msg("%s: read %lld", rows[i].text, found ? (long long)found->value : -1);
		assert_int_equal(found->exponent, rows[i].exponent);
		assert_string_equal(found->currency, rows[i].currency);
		words_clear(&words);
	}
}

static void numeric_dates_are_told_from_document_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum token_kind kind;
		int year, month, day;
	} rows[] = {
	    {"31/03/2026", TOKEN_DATE, 2026, 3, 31},
	    {"31/03", TOKEN_DATE, 0, 3, 31},
	    {"31.3.", TOKEN_DATE, 0, 3, 31},
	    {"31.12.24", TOKEN_DATE, 2024, 12, 31},
	    {"2026-03-31", TOKEN_DATE, 2026, 3, 31},
	    {"4/15", TOKEN_DATE, 0, 4, 15},
	    {"26-FEB-2026", TOKEN_DATE, 2026, 2, 26},
	    {"30MAR26", TOKEN_DATE, 2026, 3, 30},
	    {"30/mar/2026", TOKEN_DATE, 2026, 3, 30},
	    {"30.Mar.26", TOKEN_DATE, 2026, 3, 30},
	    {"30-Mar", TOKEN_DATE, 0, 3, 30},
	    {"30 03 2026", TOKEN_DATE, 2026, 3, 30},
	    {"20260330", TOKEN_CODE, 0, 0, 0},
	    {"2026/0342", TOKEN_CODE, 0, 0, 0},
	    {"25-1093", TOKEN_CODE, 0, 0, 0},
	    {"F2026-118", TOKEN_CODE, 0, 0, 0},
	    {"2024-061", TOKEN_CODE, 0, 0, 0},
	    {"4500012345", TOKEN_CODE, 0, 0, 0},
	    {"a.b@c.example", TOKEN_MAIL, 0, 0, 0},
	    {"https://portal.example/x", TOKEN_LINK, 0, 0, 0},
	    {"www.portal.example", TOKEN_LINK, 0, 0, 0},
	    {"anna_b@c.example", TOKEN_MAIL, 0, 0, 0},
	    {"anna@c.example", TOKEN_MAIL, 0, 0, 0},
	    {"F-12", TOKEN_CODE, 0, 0, 0},
	    {"F12", TOKEN_CODE, 0, 0, 0},
	    {"INV/2026/7", TOKEN_CODE, 0, 0, 0},
	    {"facture", TOKEN_WORD, 0, 0, 0},
	    {"réglerons", TOKEN_WORD, 0, 0, 0},
	    {"été", TOKEN_WORD, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct words words;
		words_init(&words, &number_words, rows[i].text, strlen(rows[i].text), 1000);
		const struct token *token = words_token(&words, 0);
		if (words.tokens->len != 1 || token->kind != rows[i].kind)
			fail_msg("%s: %u tokens, the first of kind %d", rows[i].text, words.tokens->len,
			    (int)token->kind);
		if (token->kind == TOKEN_DATE) {
			assert_int_equal(token->year, rows[i].year);
			assert_int_equal(token->month, rows[i].month);
			assert_int_equal(token->day, rows[i].day);
		}
		words_clear(&words);
	}
}

static void words_are_folded(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"Réglée", "reglee"}, {"ÜBERWEISUNG", "uberweisung"},
	    {"Straße", "strasse"}, {"cœur", "coeur"}, {"re\u0301gle\u0301", "regle"}, {"niño", "nino"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GString *folded = g_string_new(NULL);
		assert_int_equal(word_fold(rows[i][0], strlen(rows[i][0]), folded), strlen(rows[i][0]));
		assert_string_equal(folded->str, rows[i][1]);
		g_string_free(folded, TRUE);
	}
}

static void apostrophes_and_hyphens_part_words(void **state)
{
	(void)state;
	struct words words;
	const char *text = "l’avoir n'est ci-joint";
	words_init(&words, &number_words, text, strlen(text), 1000);
	static const char *const expected[] = {"l", "avoir", "n", "est", "ci", "joint"};
	assert_int_equal(words.tokens->len, ARRAY_LENGTH(expected));
	for (guint i = 0; i < words.tokens->len; i++)
		assert_string_equal(words_folded(&words, i), expected[i]);
	words_clear(&words);
}

int main(void)
{
	number_words_init(&number_words);
	number_words_add_month(&number_words, "feb", 2);
	number_words_add_month(&number_words, "mar", 3);
	number_words_add_currency(&number_words, "euros", "EUR");
	number_words_add_currency(&number_words, "fcfa", "XOF");
	number_words_add_ending(&number_words, "st");
	number_words_add_scale(&number_words, "millions", 1000000);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_read_in_all_notations),
	    cmocka_unit_test(numeric_dates_are_told_from_document_numbers),
	    cmocka_unit_test(words_are_folded),
	    cmocka_unit_test(apostrophes_and_hyphens_part_words),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	number_words_clear(&number_words);
	return failed;
}
