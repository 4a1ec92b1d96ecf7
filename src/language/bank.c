#include "base/base.h"
#include "language/bank.h"

#include "base/iban.h"

static bool has_class(const struct stream *stream, const struct sentence *sentence, enum known_class known)
{
	class_id class = stream->lexicon->known[known];
	return class != CLASS_NONE && stream_has_within(stream, sentence->first, sentence->end, class);
}

/* Whoever asks for our details and does not speak of a change has read no fraud. */
static bool speaks_of_change(const struct stream *stream, const struct sentence *sentence)
{
	return has_class(stream, sentence, KNOWN_BANK_CHANGE) ||
	       (has_class(stream, sentence, KNOWN_BANK_CHANGE_WHAT) &&
		   has_class(stream, sentence, KNOWN_BANK_CHANGE_HOW));
}

char *bank_change_find(const struct stream *stream)
{
	for (guint i = 0; i < stream->sentences->len; i++) {
		const struct sentence *sentence = stream_sentence(stream, i);
		if (speaks_of_change(stream, sentence))
			return stream_span(stream, sentence->first, MIN(sentence->end, sentence->first + 40));
	}
	return NULL;
}

static bool is_listed(const GPtrArray *ibans, const char *iban)
{
	for (guint i = 0; i < ibans->len; i++)
		if (!strcmp(ibans->pdata[i], iban))
			return true;
	return false;
}

GPtrArray *bank_ibans(const char *text, size_t length)
{
	GPtrArray *ibans = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i + 1 < length && ibans->len < BANK_IBANS_MOST;) {
		char iban[IBAN_SIZE];
		if (!g_ascii_isupper(text[i + 1])) { /* mostly: neither here nor there */
			i += 2;
			continue;
		}
		bool starts = g_ascii_isupper(text[i]) && (i == 0 || !g_ascii_isalnum(text[i - 1]));
		size_t size = starts ? iban_scan(text + i, length - i, iban) : 0;
		if (size && !is_listed(ibans, iban))
			g_ptr_array_add(ibans, g_strdup(iban));
		i += size ? size : 1;
	}
	return ibans;
}
