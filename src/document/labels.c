#include "base/base.h"
#include "document/labels.h"

enum { PATTERN_WORDS_MAX = 10 };

struct pattern {
	const struct label_row *row;
	char **words;
	guint count;
};

/* Patterns by their first word; those that begin with '*' are in a list of their own. Built once, never
 * freed. */
struct index {
	GHashTable *by_word; /* const char * -> GPtrArray of struct pattern * */
	GPtrArray *by_ending;
};

static const char *const *class_words(const char *name)
{
	for (size_t i = 0; i < label_class_count; i++)
		if (strcmp(label_classes[i].name, name) == 0)
			return label_classes[i].words;
	g_assert_not_reached();
}

static void index_under(struct index *index, const char *word, struct pattern *pattern)
{
	if (word[0] == '*') {
		g_ptr_array_add(index->by_ending, pattern);
		return;
	}
	GPtrArray *list = g_hash_table_lookup(index->by_word, word);
	if (list == NULL) {
		list = g_ptr_array_new();
		g_hash_table_insert(index->by_word, g_strdup(word), list);
	}
	g_ptr_array_add(list, pattern);
}

static struct index *index_new(void)
{
	struct index *index = g_new0(struct index, 1);
	index->by_word = g_hash_table_new(g_str_hash, g_str_equal);
	index->by_ending = g_ptr_array_new();
	for (size_t i = 0; i < label_row_count; i++) {
		struct pattern *pattern = g_new0(struct pattern, 1);
		pattern->row = &label_rows[i];
		pattern->words = g_strsplit(label_rows[i].pattern, " ", -1);
		pattern->count = g_strv_length(pattern->words);
		g_assert(pattern->count > 0 && pattern->count <= PATTERN_WORDS_MAX);
		const char *first = pattern->words[0];
		g_assert(
		    first[0] != '\0' && first[strlen(first) - 1] != '?' && first[strlen(first) - 1] != '*');
		if (first[0] != '@') {
			index_under(index, first, pattern);
			continue;
		}
		for (const char *const *word = class_words(first); *word != NULL; word++)
			index_under(index, *word, pattern);
	}
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

static bool word_matches(const char *pattern, size_t length, const char *word)
{
	if (pattern[0] == '@') {
		char name[16];
		g_assert(length < sizeof name);
		memcpy(name, pattern, length);
		name[length] = '\0';
		for (const char *const *one = class_words(name); *one != NULL; one++)
			if (word_matches(*one, strlen(*one), word))
				return true;
		return false;
	}
	size_t have = strlen(word);
	if (pattern[0] == '*') /* something must stand before the ending */
		return have > length - 1 && memcmp(word + have - (length - 1), pattern + 1, length - 1) == 0;
	if (pattern[length - 1] == '*')
		return have >= length - 1 && memcmp(word, pattern, length - 1) == 0;
	return have == length && memcmp(word, pattern, length) == 0;
}

/* How many tokens from AT on the pattern takes; 0 where it does not match. */
static guint match_length(const struct pattern *pattern, const struct tokens *tokens, guint at)
{
	guint taken = at;
	for (guint i = 0; i < pattern->count; i++) {
		const char *word = pattern->words[i];
		size_t length = strlen(word);
		bool optional = word[length - 1] == '?';
		if (optional)
			length--;
		if (taken < tokens->list->len && word_matches(word, length, TOKEN(tokens, taken)->word))
			taken++;
		else if (!optional)
			return 0;
	}
	return taken - at;
}

static bool is_title(enum label label)
{
	return label >= LABEL_TITLE && label <= LABEL_OTHER_TITLE;
}

static void better_match(const GPtrArray *patterns, const struct tokens *tokens, guint at, bool titles_only,
    struct label_match *best)
{
	for (guint i = 0; patterns != NULL && i < patterns->len; i++) {
		const struct pattern *pattern = g_ptr_array_index(patterns, i);
		if (titles_only && !is_title(pattern->row->label))
			continue;
		guint length = match_length(pattern, tokens, at);
		guint best_length = best->end - best->first;
		if (length > best_length ||
		    (length > 0 && length == best_length && pattern->row->strength > best->strength))
			*best = (struct label_match){
			    pattern->row->label, pattern->row->strength, at, at + length};
	}
}

GArray *labels_find(const struct tokens *tokens)
{
	const struct index *index = the_index();
	GArray *matches = g_array_new(FALSE, FALSE, sizeof(struct label_match));
	guint at = 0;
	while (at < tokens->list->len) {
		struct label_match best = {.first = at, .end = at};
		better_match(
		    g_hash_table_lookup(index->by_word, TOKEN(tokens, at)->word), tokens, at, false, &best);
		better_match(index->by_ending, tokens, at, false, &best);
		if (best.end == at) {
			at++;
			continue;
		}
		g_array_append_val(matches, best);
		at = best.end;
	}
	return matches;
}

enum label labels_title_at(const struct tokens *tokens, guint at)
{
	const struct index *index = the_index();
	struct label_match best = {.label = LABEL_COUNT, .first = at, .end = at};
	better_match(g_hash_table_lookup(index->by_word, TOKEN(tokens, at)->word), tokens, at, true, &best);
	better_match(index->by_ending, tokens, at, true, &best);
	return best.label;
}
