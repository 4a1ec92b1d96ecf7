#include "base/base.h"
#include "document/facts.h"

enum { NUMBER_MAX = 40 };

/* A word that may be a part of a number. */
struct number_word {
	size_t length; /* up to the space */
	size_t kept;   /* without punctuation at its end */
	bool digit;    /* it has one */
	bool capitals; /* it has no small letter */
};

/* False where it has other signs than a number, or begins a date. */
static bool scan_number_word(const char *text, struct number_word *word)
{
	struct date_text date;
	*word = (struct number_word){.length = strcspn(text, " "), .capitals = true};
	word->kept = word->length;
	while (word->kept > 0 && strchr(".,;:)", text[word->kept - 1]) != NULL)
		word->kept--;
	for (size_t i = 0; i < word->kept; i++) {
		if (!g_ascii_isalnum(text[i]) && strchr("-/._", text[i]) == NULL)
			return false;
		word->digit |= g_ascii_isdigit(text[i]) != 0;
		word->capitals &= !g_ascii_islower(text[i]);
	}
	return word->kept > 0 && word->kept <= NUMBER_MAX && date_text_scan(text, strlen(text), &date) == 0;
}

/* "RE" before the digits; behind them only what has digits itself: "2026 0012". */
static bool continues_number(const struct number_word *word, bool has_digits)
{
	if (has_digits)
		return word->digit && word->capitals;
	return word->digit || (word->capitals && word->length <= 6);
}

/* Whether a date or a sum of money stands at the start. */
static bool begins_with_value(const char *text)
{
	struct date_text date;
	struct amount_text amount;
	size_t length = strlen(text);
	if (date_text_scan(text, length, &date) > 0)
		return true;
	bool is_amount = amount_text_scan(text, length, &amount) > 0;
	return is_amount &&
	       (amount.percent || (amount.marked && (amount.decimals == 2 || amount.currency[0] != '\0')));
}

char *document_number_scan(const char *text)
{
	while (*text != '\0' && (strchr(" :.=-#\xa0\xc2", *text) != NULL))
		text++;
	if (!g_utf8_validate(text, -1, NULL) || begins_with_value(text))
		return NULL;
	GString *number = g_string_new(NULL);
	gsize enough = 0; /* its length up to the first word with a digit */
	struct number_word word;
	bool whole = false;
	for (int words = 0; words < 4 && !whole; words++) {
		if (!scan_number_word(text, &word) || !continues_number(&word, enough > 0))
			break;
		if (number->len > 0)
			g_string_append_c(number, ' ');
		g_string_append_len(number, text, (gssize)word.kept);
		if (word.digit && enough == 0)
			enough = number->len;
		text += word.length;
		text += strspn(text, " ");
		whole = word.kept < word.length || *text == '\0';
	}
	/* of "RE 12 of 3" only "RE 12": further words belong to it only where nothing else follows */
	if (!whole)
		g_string_truncate(number, enough);
	return g_string_free(number, enough == 0);
}
