/* From what people decided to the words that say it: a part of a sentence, long enough to mean something,
 * that stands in no example of another meaning. */
#include "base/base.h"
#include "clerk/debtor.h"
#include "relance/learn.h"

/* Fewer words of some length than this mean something with one customer only, as do few words around a gap;
 * more than that are not needed. */
#define WORDS_LEAST	   3
#define WORDS_LEAST_OF_GAP 5
#define WORDS_MOST	   8

/* Letters make words; what has a digit or stands in an address is "", whatever it is. */
static void add_words(GPtrArray *words, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (g_ascii_isdigit(text[i]) || text[i] == '@') {
			g_ptr_array_add(words, g_strdup(""));
			return;
		}
	const char *start = NULL, *end = text + length;
	for (const char *at = text; at <= end; at = at < end ? g_utf8_next_char(at) : at + 1) {
		gunichar letter = at < end ? g_utf8_get_char(at) : ' ';
		bool is_part = g_unichar_isalpha(letter) || (start && g_unichar_ismark(letter));
		if (is_part && !start)
			start = at;
		if (is_part || !start)
			continue;
		g_ptr_array_add(words, g_utf8_strdown(start, at - start));
		start = NULL;
	}
}

static GPtrArray *words_of(const char *text, size_t length)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	for (size_t at = 0; at < length;) {
		size_t size = 0;
		while (at + size < length && !strchr(" \t\r\n", text[at + size]))
			size++;
		if (size)
			add_words(words, text + at, size);
		at += size + 1;
	}
	return words;
}

/* How many of WORDS are words. */
static guint count_words(const GPtrArray *words)
{
	guint count = 0;
	for (guint i = 0; i < words->len; i++)
		count += *(const char *)words->pdata[i] != '\0';
	return count;
}

/* "" stands for up to two things: FROM on in TEXT. */
static bool fits_at(const GPtrArray *words, guint i, const GPtrArray *text, guint from)
{
	for (; i < words->len; i++, from++) {
		if (*(const char *)words->pdata[i])
			if (from >= text->len || strcmp(words->pdata[i], text->pdata[from]) != 0)
				return false;
		if (*(const char *)words->pdata[i])
			continue;
		for (guint gap = 0; gap <= 2 && from + gap <= text->len; gap++)
			if (fits_at(words, i + 1, text, from + gap))
				return true;
		return false;
	}
	return true;
}

static bool stands_in(const GPtrArray *words, const char *text)
{
	GPtrArray *all = words_of(text, strlen(text));
	bool stands = false;
	for (guint from = 0; !stands && from < all->len; from++)
		stands = fits_at(words, 0, all, from);
	g_ptr_array_unref(all);
	return stands;
}

static bool is_from(const char *who, const char *address)
{
	if (!who)
		return true;
	const char *at = address ? strrchr(address, '@') : NULL;
	return at && !g_ascii_strcasecmp(strchr(who, '@') ? address : at + 1, who);
}

bool learn_concerns(const struct learn_proposal *proposal, const struct learn_example *example)
{
	return strcmp(proposal->language, example->language) == 0 && is_from(proposal->from, example->from) &&
	       stands_in(proposal->words, example->text);
}

/* The author's domain, or his address where the domain is a provider's; g_free. */
static char *author_of(const struct learn_example *example)
{
	const char *at = example->from ? strrchr(example->from, '@') : NULL;
	/* what a foreign address may hold must not become a line of a lexicon */
	if (at && example->from[strspn(example->from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
						      "0123456789.-_+@")] != '\0')
		return NULL;
	if (at && debtor_is_public_provider(at + 1))
		return g_ascii_strdown(example->from, -1);
	return at ? g_ascii_strdown(at + 1, -1) : NULL;
}

/* The examples of another meaning that have the words of PROPOSAL, too. */
static int count_others(
    const struct learn_proposal *proposal, const GPtrArray *examples, enum intent_kind meaning)
{
	int count = 0;
	for (guint i = 0; i < examples->len; i++) {
		const struct learn_example *example = examples->pdata[i];
		count += example->meaning != meaning && learn_concerns(proposal, example);
	}
	return count;
}

/* A part of a text, up to WORDS_MOST words, without "" at its ends; NULL where nothing is left. */
static GPtrArray *trimmed(const char *text, size_t length)
{
	GPtrArray *words = words_of(text, length);
	while (words->len && !*(const char *)words->pdata[0])
		g_ptr_array_remove_index(words, 0);
	if (words->len > WORDS_MOST)
		g_ptr_array_set_size(words, WORDS_MOST);
	while (words->len && !*(const char *)words->pdata[words->len - 1])
		g_ptr_array_set_size(words, (gint)words->len - 1);
	if (count_words(words) > 1 || (words->len == 1 && g_utf8_strlen(words->pdata[0], -1) >= 4))
		return words;
	g_ptr_array_unref(words);
	return NULL;
}

/* How well a part says what the mail means: what the reading rested on before all, then longer ones. */
static int weigh(const struct learn_example *example, const char *part, size_t length, const GPtrArray *words)
{
	g_autofree char *text = g_strndup(part, length);
	bool read = example->span && (strstr(example->span, g_strstrip(text)) || strstr(text, example->span));
	return (int)count_words(words) + (read ? 100 : 0);
}

/* Whether they say enough to mean the same with everybody. */
static bool are_enough(const GPtrArray *words)
{
	guint count = count_words(words), longer = 0;
	for (guint i = 0; i < words->len; i++)
		longer += g_utf8_strlen(words->pdata[i], -1) >= 3;
	return longer >= WORDS_LEAST && (count == words->len || count >= WORDS_LEAST_OF_GAP);
}

/* Takes WORDS for PROPOSAL where they are better: for everybody where they are enough and mean nothing else,
 * else for the author alone. */
static void consider(
    struct learn_proposal *proposal, GPtrArray *words, int weight, int *best, const GPtrArray *examples)
{
	struct learn_proposal candidate = *proposal;
	g_autofree char *author = author_of(proposal->example);
	candidate.words = words;
	candidate.from = NULL;
	bool general =
	    are_enough(words) && count_others(&candidate, examples, proposal->example->meaning) == 0;
	candidate.from = author;
	bool possible =
	    general || (author && count_others(&candidate, examples, proposal->example->meaning) == 0);
	weight += general ? 1000 : 0;
	if (!possible || weight <= *best) {
		g_ptr_array_unref(words);
		return;
	}
	*best = weight;
	g_clear_pointer(&proposal->words, g_ptr_array_unref);
	g_free(proposal->from);
	proposal->words = words;
	proposal->from = general ? NULL : g_steal_pointer(&author);
}

/* Finds the words of one example; false where none will do. */
static bool find_words(struct learn_proposal *proposal, const GPtrArray *examples)
{
	const struct learn_example *example = proposal->example;
	const char *text = example->words ? example->words : example->text;
	int best = 0;
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, example->words ? "\n" : ".!?;:,\n");
		GPtrArray *words = trimmed(at, length);
		if (words)
			consider(proposal, words, weigh(example, at, length, words), &best, examples);
		at += length + (at[length] != '\0');
	}
	return proposal->words;
}

static void proposal_free(void *data)
{
	struct learn_proposal *proposal = data;
	if (proposal->words)
		g_ptr_array_unref(proposal->words);
	g_free(proposal->from);
	g_free(proposal->refusal);
	g_free(proposal);
}

static bool is_needed(const struct config *config, const struct learn_example *example)
{
	return example->is_kept &&
	       (example->before != example->meaning || example->confidence_before < config->confidence);
}

/* Whether a proposal says already what EXAMPLE needs. */
static bool is_proposed(const GPtrArray *proposals, const struct learn_example *example)
{
	for (guint i = 0; i < proposals->len; i++) {
		struct learn_proposal *proposal = proposals->pdata[i];
		if (!proposal->is_refused && proposal->example->meaning == example->meaning &&
		    g_strcmp0(proposal->example->value, example->value) == 0 &&
		    learn_concerns(proposal, example)) {
			proposal->examples++;
			return true;
		}
	}
	return false;
}

GPtrArray *learn_proposals(const struct config *config, const GPtrArray *examples)
{
	GPtrArray *proposals = g_ptr_array_new_with_free_func(proposal_free);
	for (guint i = 0; i < examples->len; i++) {
		const struct learn_example *example = examples->pdata[i];
		if (!is_needed(config, example) || is_proposed(proposals, example))
			continue;
		struct learn_proposal *proposal = g_new0(struct learn_proposal, 1);
		proposal->example = example;
		proposal->examples = 1;
		memcpy(proposal->language, example->language, sizeof proposal->language);
		if (!find_words(proposal, examples)) {
			proposal->words = g_ptr_array_new_with_free_func(g_free);
			proposal->is_refused = true;
			proposal->refusal = g_strdup("no words of it mean this alone (--words)");
		}
		g_ptr_array_add(proposals, proposal);
	}
	return proposals;
}

char *learn_statement(const struct learn_proposal *proposal)
{
	const struct learn_example *example = proposal->example;
	GString *text = g_string_new("learnt ");
	g_string_append(text, intent_kind_word(example->meaning));
	if (example->value)
		g_string_append_printf(text, " %s", example->value);
	if (proposal->from)
		g_string_append_printf(text, " from %s", proposal->from);
	g_string_append(text, proposal->examples > 1 ? " sure" : " likely");
	if (proposal->in_any_scope)
		g_string_append(text, " asked negated conditional reported");
	g_string_append(text, " =");
	for (guint i = 0; i < proposal->words->len; i++)
		g_string_append_printf(text, " %s",
		    *(const char *)proposal->words->pdata[i] ? (const char *)proposal->words->pdata[i]
							     : "..2");
	return g_string_free(text, FALSE);
}
