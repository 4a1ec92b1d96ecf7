#include "base/base.h"
#include "mail/machine_words.h"

/* What is longer is no receipt. */
#define MACHINE_TEXT_MAX 4000

/* In lower case, white space as single blanks, the typographic apostrophe as '; g_free. */
static char *plain_words(const char *text)
{
	char *lower = g_utf8_strdown(text, (gssize)strnlen(text, MACHINE_TEXT_MAX + 1));
	GString *words = g_string_new(NULL);
	for (const char *at = lower; *at; at++) {
		bool is_blank = g_ascii_isspace(*at);
		if (!strncmp(at, "\xe2\x80\x99", 3)) {
			g_string_append_c(words, '\'');
			at += 2;
		} else if (!is_blank || (words->len && words->str[words->len - 1] != ' ')) {
			g_string_append_c(words, is_blank ? ' ' : *at);
		}
	}
	g_free(lower);
	return g_string_free(words, FALSE);
}

static bool is_said(const struct mail_words *phrases, enum mail_word_kind kind, const char *text)
{
	char *words = plain_words(text);
	bool found = mail_words_within(phrases, kind, words) != NULL;
	g_free(words);
	return found;
}

static bool is_receipt_subject(const struct mail_words *phrases, const char *subject)
{
	const struct phrases *known = &phrases->phrases[MAIL_RECEIPT_SUBJECT];
	char *words = plain_words(subject);
	bool named = false;
	for (size_t i = 0; i < known->count && !named; i++)
		named = g_str_has_prefix(words, known->list[i]);
	g_free(words);
	return named;
}

bool machine_words_are_receipt(const struct mail_words *phrases, const char *subject, const char *text)
{
	return subject && strlen(text) <= MACHINE_TEXT_MAX && is_receipt_subject(phrases, subject) &&
	       is_said(phrases, MAIL_RECEIPT, text);
}

bool machine_words_are_challenge(const struct mail_words *phrases, const char *subject, const char *text)
{
	if (strlen(text) > MACHINE_TEXT_MAX || !is_said(phrases, MAIL_HUMAN, text))
		return false;
	return is_said(phrases, MAIL_HOLD, text) || (subject && is_said(phrases, MAIL_HOLD, subject));
}
