#include "base/base.h"

#include "language/number_words.h"

#define MONTH_LETTERS 3

static void number_word_clear(void *data)
{
	g_free(((struct number_word *)data)->word);
}

static GArray *list_new(void)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct number_word));
	g_array_set_clear_func(list, number_word_clear);
	return list;
}

void number_words_init(struct number_words *words)
{
	*words = (struct number_words){
	    .months = list_new(), .endings = list_new(), .scales = list_new(), .currencies = list_new()};
}

void number_words_clear(struct number_words *words)
{
	g_array_unref(words->months);
	g_array_unref(words->endings);
	g_array_unref(words->scales);
	g_array_unref(words->currencies);
}

static void list_add(GArray *list, const char *text, int64_t value, const char *code)
{
	for (guint i = 0; i < list->len; i++)
		if (g_ascii_strcasecmp(g_array_index(list, struct number_word, i).word, text) == 0)
			return;
	struct number_word word = {.word = g_ascii_strdown(text, -1), .length = strlen(text), .value = value};
	g_strlcpy(word.code, code, sizeof(word.code));
	g_array_append_val(list, word);
}

void number_words_add_month(struct number_words *words, const char *folded, int month)
{
	if (strlen(folded) >= MONTH_LETTERS)
		list_add(words->months, folded, month, "");
}

void number_words_add_ending(struct number_words *words, const char *word)
{
	list_add(words->endings, word, 0, "");
}

void number_words_add_scale(struct number_words *words, const char *word, int64_t factor)
{
	list_add(words->scales, word, factor, "");
}

void number_words_add_currency(struct number_words *words, const char *word, const char *code)
{
	list_add(words->currencies, word, 0, code);
}
