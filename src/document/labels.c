#include "base/base.h"
#include "document/labels.h"

enum { PATTERN_WORDS_MAX = 10 };

/* A word that patterns name: its classes (a bit for each of label_classes), and the patterns that it begins.
 */
struct entry {
	const char *word;
	uint32_t hash;
	uint32_t classes;
	GPtrArray *begins; /* of struct pattern *; NULL for none */
};

/* A word of a pattern: a word, a class, or the beginning or end of words. */
struct element {
	const struct entry *entry; /* NULL for the others */
	uint32_t classes;	   /* 0 for the others */
	const char *part;	   /* without its '*' */
	size_t length;
	bool is_end;
	bool optional;
};

struct pattern {
	const struct label_row *row;
	struct element elements[PATTERN_WORDS_MAX];
	guint count;
};

/* "*rechnung" among the words of a class. */
struct class_ending {
	const char *part;
	size_t length;
	uint32_t classes;
};

/* Patterns by their first word; those that begin with '*' are in lists of their own. Built once, never
 * freed. */
struct index {
	struct entry *entries;	   /* open addressing */
	size_t capacity;	   /* a power of two */
	GArray *class_endings;	   /* of struct class_ending */
	GPtrArray *by_ending[256]; /* under the last byte of the ending; NULL for none */
};

/* What a token is to the patterns. */
struct meaning {
	const struct entry *entry; /* NULL: no pattern names it */
	uint32_t classes;
};

static const struct label_class *class_named(const char *name, size_t length, uint32_t *bit)
{
	for (size_t i = 0; i < label_class_count; i++)
		if (strlen(label_classes[i].name) == length &&
		    memcmp(label_classes[i].name, name, length) == 0) {
			*bit = UINT32_C(1) << i;
			return &label_classes[i];
		}
	g_assert_not_reached();
}

/* ---- words ---- */

static uint32_t hash_of(const char *word)
{
	uint32_t hash = UINT32_C(0x811c9dc5);
	for (; *word != '\0'; word++)
		hash = (hash ^ (unsigned char)*word) * UINT32_C(0x01000193);
	return hash ^ hash >> 15;
}

/* Where WORD stands or would be put. */
static struct entry *entry_at(const struct index *index, const char *word, uint32_t hash)
{
	size_t slot = hash & (index->capacity - 1);
	while (index->entries[slot].word != NULL &&
	       (index->entries[slot].hash != hash || strcmp(index->entries[slot].word, word) != 0))
		slot = (slot + 1) & (index->capacity - 1);
	return &index->entries[slot];
}

static struct entry *entry_make(struct index *index, const char *word)
{
	uint32_t hash = hash_of(word);
	struct entry *entry = entry_at(index, word, hash);
	if (entry->word == NULL)
		*entry = (struct entry){.word = g_strdup(word), .hash = hash};
	return entry;
}

static bool has_end(const char *word, size_t have, const char *part, size_t length)
{
	/* something must stand before the ending */
	return have > length && memcmp(word + have - length, part, length) == 0;
}

static struct meaning meaning_of(const struct index *index, const char *word)
{
	struct entry *entry = entry_at(index, word, hash_of(word));
	struct meaning meaning = {.entry = entry->word != NULL ? entry : NULL, .classes = entry->classes};
	for (guint i = 0; i < index->class_endings->len; i++) {
		const struct class_ending *one = &g_array_index(index->class_endings, struct class_ending, i);
		if (has_end(word, strlen(word), one->part, one->length))
			meaning.classes |= one->classes;
	}
	return meaning;
}

/* ---- the index ---- */

static void index_classes(struct index *index)
{
	g_assert(label_class_count <= 32);
	for (size_t i = 0; i < label_class_count; i++)
		for (const char *const *word = label_classes[i].words; *word != NULL; word++) {
			struct class_ending ending = {*word + 1, strlen(*word) - 1, UINT32_C(1) << i};
			if ((*word)[0] == '*')
				g_array_append_val(index->class_endings, ending);
			else
				entry_make(index, *word)->classes |= UINT32_C(1) << i;
		}
}

/* Cuts the '?' from WORD. */
static struct element element_of(struct index *index, char *word)
{
	size_t length = strlen(word);
	struct element element = {.optional = word[length - 1] == '?'};
	if (element.optional)
		word[--length] = '\0';
	if (word[0] == '@')
		(void)class_named(word, length, &element.classes);
	else if (word[0] == '*' || word[length - 1] == '*') {
		element.is_end = word[0] == '*';
		element.part = g_strdup(word + element.is_end);
		element.length = length - 1;
	} else
		element.entry = entry_make(index, word);
	return element;
}

static void index_under(struct index *index, const char *word, struct pattern *pattern)
{
	GPtrArray **list = word[0] == '*' ? &index->by_ending[(unsigned char)word[strlen(word) - 1]]
					  : &entry_make(index, word)->begins;
	if (*list == NULL)
		*list = g_ptr_array_new();
	g_ptr_array_add(*list, pattern);
}

static void index_pattern(struct index *index, const struct label_row *row)
{
	struct pattern *pattern = g_new0(struct pattern, 1);
	char **words = g_strsplit(row->pattern, " ", -1);
	pattern->row = row;
	pattern->count = g_strv_length(words);
	g_assert(pattern->count > 0 && pattern->count <= PATTERN_WORDS_MAX);
	for (guint i = 0; i < pattern->count; i++)
		pattern->elements[i] = element_of(index, words[i]);
	const char *first = words[0];
	g_assert(first[0] != '\0' && !pattern->elements[0].optional && first[strlen(first) - 1] != '*');
	uint32_t bit;
	if (first[0] != '@')
		index_under(index, first, pattern);
	else
		for (const char *const *word = class_named(first, strlen(first), &bit)->words; *word != NULL;
		     word++)
			index_under(index, *word, pattern);
	g_strfreev(words);
}

static size_t count_words(void)
{
	size_t count = 0;
	for (size_t i = 0; i < label_row_count; i++)
		for (const char *at = label_rows[i].pattern; at != NULL; at = strchr(at + 1, ' '))
			count++;
	for (size_t i = 0; i < label_class_count; i++)
		for (const char *const *word = label_classes[i].words; *word != NULL; word++)
			count++;
	return count;
}

static struct index *index_new(void)
{
	struct index *index = g_new0(struct index, 1);
	index->capacity = 1024;
	while (index->capacity < 2 * count_words())
		index->capacity *= 2;
	index->entries = g_new0(struct entry, index->capacity);
	index->class_endings = g_array_new(FALSE, FALSE, sizeof(struct class_ending));
	index_classes(index);
	for (size_t i = 0; i < label_row_count; i++)
		index_pattern(index, &label_rows[i]);
	return index;
}

static const struct index *the_index(void)
{
	static gsize once;
	if (g_once_init_enter(&once))
		g_once_init_leave(&once, (gsize)index_new());
	return (const struct index *)once;
}

void labels_setup(void)
{
	(void)the_index();
}

/* ---- labels among tokens ---- */

/* The tokens [FIRST, END) of a text, with what they are to the patterns. */
struct text {
	const struct index *index;
	const struct tokens *tokens;
	guint first, end;
	struct meaning *meanings;
};

static bool word_matches(const struct element *element, const struct meaning *meaning, const char *word)
{
	if (element->entry != NULL)
		return meaning->entry == element->entry;
	if (element->classes != 0)
		return (meaning->classes & element->classes) != 0;
	size_t have = strlen(word);
	if (element->is_end)
		return has_end(word, have, element->part, element->length);
	return have >= element->length && memcmp(word, element->part, element->length) == 0;
}

/* How many tokens from AT on the pattern takes; 0 where it does not match. */
static guint match_length(const struct pattern *pattern, const struct text *text, guint at)
{
	guint taken = at;
	for (guint i = 0; i < pattern->count; i++) {
		const struct element *element = &pattern->elements[i];
		if (taken < text->end && word_matches(element, &text->meanings[taken - text->first],
					     TOKEN(text->tokens, taken)->word))
			taken++;
		else if (!element->optional)
			return 0;
	}
	return taken - at;
}

static bool is_title(enum label label)
{
	return label >= LABEL_TITLE && label <= LABEL_OTHER_TITLE;
}

/* Whether all its words are told, none by a class of words. */
static bool is_literal(const struct pattern *pattern)
{
	for (guint i = 0; i < pattern->count; i++)
		if (pattern->elements[i].classes != 0)
			return false;
	return true;
}

/* A match, and the pattern that it is of. */
struct best_match {
	struct label_match match;
	const struct pattern *pattern;
};

/* "total net de taxes" as it stands goes before "@total @without @of @tax". */
static bool is_surer(const struct pattern *pattern, const struct best_match *best)
{
	if (pattern->row->strength != best->match.strength)
		return pattern->row->strength > best->match.strength;
	return is_literal(pattern) && !is_literal(best->pattern);
}

static void better_match(
    const GPtrArray *patterns, const struct text *text, guint at, bool titles_only, struct best_match *best)
{
	for (guint i = 0; patterns != NULL && i < patterns->len; i++) {
		const struct pattern *pattern = g_ptr_array_index(patterns, i);
		if (titles_only && !is_title(pattern->row->label))
			continue;
		guint length = match_length(pattern, text, at);
		guint best_length = best->match.end - best->match.first;
		if (length > best_length || (length > 0 && length == best_length && is_surer(pattern, best)))
			*best = (struct best_match){
			    {pattern->row->label, pattern->row->strength, at, at + length}, pattern};
	}
}

/* In a cell of most pages; longer texts take their room from the heap. */
enum { FEW_TOKENS = 64 };

static void text_init(
    struct text *text, const struct tokens *tokens, guint first, guint end, struct meaning few[FEW_TOKENS])
{
	*text = (struct text){.index = the_index(), .tokens = tokens, .first = first, .end = end};
	text->meanings = end - first > FEW_TOKENS ? g_new(struct meaning, end - first) : few;
	for (guint i = first; i < end; i++)
		text->meanings[i - first] = meaning_of(text->index, TOKEN(tokens, i)->word);
}

static void text_clear(struct text *text, const struct meaning few[FEW_TOKENS])
{
	if (text->meanings != few)
		g_free(text->meanings);
}

static struct label_match match_at(const struct text *text, guint at, bool titles_only)
{
	struct best_match best = {.match = {.label = LABEL_COUNT, .first = at, .end = at}};
	const struct entry *entry = text->meanings[at - text->first].entry;
	better_match(entry != NULL ? entry->begins : NULL, text, at, titles_only, &best);
	const struct token *token = TOKEN(text->tokens, at);
	unsigned char last = (unsigned char)token->word[strlen(token->word) - 1];
	better_match(text->index->by_ending[last], text, at, titles_only, &best);
	return best.match;
}

GArray *labels_find(const struct tokens *tokens)
{
	GArray *matches = g_array_new(FALSE, FALSE, sizeof(struct label_match));
	struct meaning few[FEW_TOKENS];
	struct text text;
	text_init(&text, tokens, 0, tokens->list->len, few);
	for (guint at = 0; at < tokens->list->len;) {
		struct label_match best = match_at(&text, at, false);
		if (best.end > at)
			g_array_append_val(matches, best);
		at = MAX(best.end, at + 1);
	}
	text_clear(&text, few);
	return matches;
}

enum label labels_title_at(const struct tokens *tokens, guint at)
{
	struct meaning few[FEW_TOKENS];
	struct text text;
	text_init(&text, tokens, at, MIN(at + PATTERN_WORDS_MAX, tokens->list->len), few);
	enum label label = match_at(&text, at, true).label;
	text_clear(&text, few);
	return label;
}
