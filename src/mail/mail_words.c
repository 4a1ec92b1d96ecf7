#include "base/base.h"
#include "mail/mail_words.h"

#include "mail/folded.h"

static const char *const kind_words[MAIL_WORD_KINDS] = {
    [MAIL_OPENER] = "opener",
    [MAIL_WROTE] = "wrote",
    [MAIL_WROTE_BEFORE] = "wrote-before",
    [MAIL_PERSON] = "person",
    [MAIL_WEEKDAY] = "weekday",
    [MAIL_ORIGINAL] = "original",
    [MAIL_FORWARDED] = "forwarded",
    [MAIL_REPLY_ABOVE] = "reply-above",
    [MAIL_PLEASE] = "please",
    [MAIL_BANNER] = "banner",
    [MAIL_FOOTER] = "footer",
    [MAIL_SMALL_PRINT] = "small-print",
    [MAIL_SMALL_PRINT_WORD] = "small-print-word",
    [MAIL_CLOSING] = "closing",
    [MAIL_THANKS] = "thanks",
    [MAIL_GREETING] = "greeting",
    [MAIL_ROLE] = "role",
    [MAIL_CONTACT] = "contact",
    [MAIL_FROM] = "from",
    [MAIL_DATE] = "date",
    [MAIL_TO] = "to",
    [MAIL_CC] = "cc",
    [MAIL_SUBJECT] = "subject",
    [MAIL_OTHER_FIELD] = "other-field",
    [MAIL_POINTER] = "pointer",
    [MAIL_REGISTRATION] = "registration",
    [MAIL_ANSWER] = "answer",
    [MAIL_SEE] = "see",
    [MAIL_IN_TEXT] = "in-text",
    [MAIL_BELOW] = "below",
    [MAIL_RED] = "red",
    [MAIL_ORANGE] = "orange",
    [MAIL_YELLOW] = "yellow",
    [MAIL_GREEN] = "green",
    [MAIL_BLUE] = "blue",
    [MAIL_PURPLE] = "purple",
    [MAIL_REPLY] = "reply",
    [MAIL_DUNNING] = "dunning",
    [MAIL_AUTOMATIC_SUBJECT] = "automatic-subject",
    [MAIL_ABSENCE_SUBJECT] = "absence-subject",
    [MAIL_NOBODY] = "nobody",
    [MAIL_RECEIPT_SUBJECT] = "receipt-subject",
    [MAIL_RECEIPT] = "receipt",
    [MAIL_HOLD] = "hold",
    [MAIL_HUMAN] = "human",
};

struct mail_words *mail_words_new(void)
{
	struct mail_words *words = g_new(struct mail_words, 1);
	*words = mail_words_shipped;
	return words;
}

void mail_words_free(struct mail_words *words)
{
	if (!words)
		return;
	for (size_t i = 0; i < MAIL_WORD_KINDS; i++)
		if (words->own[i])
			g_ptr_array_free(words->own[i], TRUE);
	g_free(words);
}

static void make_own(struct mail_words *words, enum mail_word_kind kind)
{
	words->own[kind] = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < words->phrases[kind].count; i++)
		g_ptr_array_add(words->own[kind], g_strdup(words->phrases[kind].list[i]));
}

static void add_folded(struct mail_words *words, enum mail_word_kind kind, const char *phrase)
{
	const struct phrases *known = &words->phrases[kind];
	for (size_t i = 0; i < known->count; i++)
		if (!strcmp(known->list[i], phrase))
			return;
	if (!words->own[kind])
		make_own(words, kind);
	g_ptr_array_add(words->own[kind], g_strdup(phrase));
	words->phrases[kind] = (struct phrases){
	    (const char *const *)(const void *)words->own[kind]->pdata, words->own[kind]->len};
}

void mail_words_add(struct mail_words *words, enum mail_word_kind kind, const char *phrase)
{
	GString *folded = g_string_new(NULL);
	char *small = lower_text(phrase, strlen(phrase));
	fold_text(folded, small, strlen(small));
	if (folded->len && kind == MAIL_WROTE_BEFORE) {
		g_string_prepend_c(folded, ' ');
		g_string_append_c(folded, ' ');
	}
	if (folded->len)
		add_folded(words, kind, folded->str);
	if (folded->len && kind == MAIL_OPENER)
		add_folded(words, MAIL_INNER_OPENER, folded->str);
	g_free(small);
	g_string_free(folded, TRUE);
}

bool mail_word_kind_from_word(const char *word, enum mail_word_kind *kind)
{
	for (size_t i = 0; i < MAIL_WORD_KINDS; i++)
		if (kind_words[i] && !strcmp(kind_words[i], word)) {
			*kind = (enum mail_word_kind)i;
			return true;
		}
	return false;
}

const char *mail_words_begin(const struct mail_words *words, enum mail_word_kind kind, const char *text)
{
	return find_prefix(text, words->phrases[kind].list, words->phrases[kind].count);
}

const char *mail_words_within(const struct mail_words *words, enum mail_word_kind kind, const char *text)
{
	return find_within(text, words->phrases[kind].list, words->phrases[kind].count);
}
