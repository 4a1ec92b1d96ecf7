#include "base/base.h"

#include "language/listing.h"

/* How many words or phrases of LANGUAGE are of each class; free with g_free. Of what the program gives to
 * tokens itself nobody can say: it counts as the most frequent of all. */
static guint *count_members(const struct lexicon *lexicon, const struct language *language)
{
	guint *counts = g_new0(guint, lexicon->class_names->len);
	for (guint i = 0; i < language->node_classes->len; i++)
		counts[g_array_index(language->node_classes, class_id, i)]++;
	for (size_t i = 0; i < CLASS_BUILT_IN_COUNT; i++)
		counts[i] = G_MAXUINT;
	return counts;
}

/* Of the classes that must be there the one with the fewest members; CLASS_NONE: none must. */
static class_id rarest_class(const struct pattern *pattern, const guint *members)
{
	class_id rarest = CLASS_NONE;
	for (guint i = 0; i < pattern->steps->len; i++) {
		const struct step *step = &g_array_index(pattern->steps, struct step, i);
		bool needed = !step->gap && !step->optional && !step->excluded;
		if (needed && (rarest == CLASS_NONE || members[step->class] < members[rarest]))
			rarest = step->class;
	}
	return rarest;
}

/* Puts CLASS among the rarest ones, which are in order and of which there are COUNT; returns how many there
 * are then. */
static size_t add_rare(class_id rarest[PATTERN_NEEDS], size_t count, class_id class, const guint *members)
{
	size_t at = 0;
	while (at < count && rarest[at] != class && members[rarest[at]] <= members[class])
		at++;
	if (at == PATTERN_NEEDS || (at < count && rarest[at] == class))
		return count;
	size_t kept = MIN(count, PATTERN_NEEDS - 1);
	memmove(&rarest[at + 1], &rarest[at], (kept - at) * sizeof *rarest);
	rarest[at] = class;
	return kept + 1;
}

/* What PATTERN needs besides FIRST. */
static void note_needed(
    const struct pattern *pattern, class_id first, const guint *members, class_id needed[PATTERN_NEEDS])
{
	const struct step *steps = (const struct step *)(const void *)pattern->steps->data;
	size_t count = 0;
	for (guint i = pattern->bag ? 0 : 1; i < pattern->steps->len; i++)
		if (!steps[i].gap && !steps[i].optional && !steps[i].excluded && steps[i].class != first)
			count = add_rare(needed, count, steps[i].class, members);
	if (pattern->context != CLASS_NONE)
		count = add_rare(needed, count, pattern->context, members);
	while (count < PATTERN_NEEDS)
		needed[count++] = first;
}

/* A pattern before all are put in order. */
struct entry {
	class_id class; /* under which it is listed */
	struct listed_pattern listed;
};

static void add_entry(GArray *entries, const struct pattern *pattern, guint rule, const guint *members)
{
	class_id first = g_array_index(pattern->steps, struct step, 0).class;
	struct entry entry = {
	    pattern->bag ? rarest_class(pattern, members) : first, {.rule = (uint16_t)rule}};
	note_needed(pattern, entry.class, members, entry.listed.needed);
	g_array_append_val(entries, entry);
}

/* Frees ENTRIES; those of one class stay in their order. */
static void put_in_order(struct class_lists *lists, const struct lexicon *lexicon, GArray *entries)
{
	guint classes = lexicon->class_names->len;
	lists->starts = g_new0(uint32_t, classes + 2);
	lists->all = g_new(struct listed_pattern, entries->len);
	uint32_t *next = lists->starts + 1;
	for (guint i = 0; i < entries->len; i++)
		next[g_array_index(entries, struct entry, i).class + 1]++;
	for (guint i = 0; i < classes; i++)
		next[i + 1] += next[i];
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = &g_array_index(entries, struct entry, i);
		lists->all[next[entry->class]++] = entry->listed;
	}
	g_array_free(entries, TRUE);
}

static GArray *entries_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct entry));
}

static void list_dates(
    struct class_lists *lists, const struct lexicon *lexicon, const GArray *dates, const guint *members)
{
	GArray *entries = entries_new();
	for (guint i = 0; i < dates->len; i++)
		add_entry(entries, &g_array_index(dates, struct date_rule, i).pattern, i, members);
	put_in_order(lists, lexicon, entries);
}

/* Of RULES those that are bags, or all others. */
static void list_rules(struct class_lists *lists, const struct lexicon *lexicon, const GArray *rules,
    bool bags, const guint *members)
{
	GArray *entries = entries_new();
	for (guint i = 0; i < rules->len; i++) {
		const struct pattern *pattern = &g_array_index(rules, struct rule, i).pattern;
		if (pattern->bag == bags)
			add_entry(entries, pattern, i, members);
	}
	put_in_order(lists, lexicon, entries);
}

void listing_init(const struct lexicon *lexicon, struct language *language)
{
	guint *members = count_members(lexicon, language);
	list_dates(&language->dates_by_class, lexicon, language->dates, members);
	list_dates(&language->later_by_class, lexicon, language->later_dates, members);
	list_dates(&language->maybe_by_class, lexicon, language->maybe_dates, members);
	list_rules(&language->rules_by_class, lexicon, language->rules, false, members);
	list_rules(&language->bags_by_class, lexicon, language->rules, true, members);
	list_rules(&language->learnt_by_class, lexicon, language->learnt, false, members);
	g_free(members);
}

static void lists_clear(struct class_lists *lists)
{
	g_free(lists->starts);
	g_free(lists->all);
}

void listing_clear(struct language *language)
{
	lists_clear(&language->dates_by_class);
	lists_clear(&language->later_by_class);
	lists_clear(&language->maybe_by_class);
	lists_clear(&language->rules_by_class);
	lists_clear(&language->bags_by_class);
	lists_clear(&language->learnt_by_class);
}
