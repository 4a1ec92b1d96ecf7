#include "base/base.h"
#include "mail/machine_words.h"

#include "mail/folded.h"

/* What is longer is no receipt. */
#define MACHINE_TEXT_MAX 4000

static bool is_said(const struct mail_words *phrases, enum mail_word_kind kind, const char *text)
{
	char *words = plain_words(text, MACHINE_TEXT_MAX);
	bool found = mail_words_within(phrases, kind, words) != NULL;
	g_free(words);
	return found;
}

static bool is_receipt_subject(const struct mail_words *phrases, const char *subject)
{
	const struct phrases *known = &phrases->phrases[MAIL_RECEIPT_SUBJECT];
	char *words = plain_words(subject, MACHINE_TEXT_MAX);
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
