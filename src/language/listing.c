#include "base/base.h"

#include "language/listing.h"

static void list_under(GPtrArray *table, class_id class, uint16_t index)
{
	GArray *list = table->pdata[class];
	if (!list)
		table->pdata[class] = list = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	g_array_append_val(list, index);
}

/* Lists INDEX under the first class of a sequence. */
static void list_pattern(GPtrArray *table, const struct pattern *pattern, uint16_t index)
{
	list_under(table, g_array_index(pattern->steps, struct step, 0).class, index);
}

static void list_free(gpointer list)
{
	if (list)
		g_array_free(list, TRUE);
}

static GPtrArray *class_table(const struct lexicon *lexicon)
{
	GPtrArray *table = g_ptr_array_new_with_free_func(list_free);
	g_ptr_array_set_size(table, (gint)lexicon->class_names->len);
	return table;
}

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
static size_t add_rare(class_id rarest[SEQUENCE_NEEDS], size_t count, class_id class, const guint *members)
{
	size_t at = 0;
	while (at < count && rarest[at] != class && members[rarest[at]] <= members[class])
		at++;
	if (at == SEQUENCE_NEEDS || (at < count && rarest[at] == class))
		return count;
	size_t kept = MIN(count, SEQUENCE_NEEDS - 1);
	memmove(&rarest[at + 1], &rarest[at], (kept - at) * sizeof *rarest);
	rarest[at] = class;
	return kept + 1;
}

static void list_sequence(
    GPtrArray *table, const struct pattern *pattern, uint16_t index, const guint *members)
{
	const struct step *steps = (const struct step *)(const void *)pattern->steps->data;
	class_id first = steps[0].class;
	struct listed_sequence listed = {.rule = index};
	size_t count = 0;
	for (guint i = 1; i < pattern->steps->len; i++)
		if (!steps[i].gap && !steps[i].optional && !steps[i].excluded)
			count = add_rare(listed.needed, count, steps[i].class, members);
	while (count < SEQUENCE_NEEDS)
		listed.needed[count++] = first;
	GArray *list = table->pdata[first];
	if (!list)
		table->pdata[first] = list = g_array_new(FALSE, FALSE, sizeof(struct listed_sequence));
	g_array_append_val(list, listed);
}

static GPtrArray *list_dates(const struct lexicon *lexicon, const GArray *dates, const guint *members)
{
	GPtrArray *table = class_table(lexicon);
	for (guint i = 0; i < dates->len; i++)
		list_sequence(
		    table, &g_array_index(dates, struct date_rule, i).pattern, (uint16_t)i, members);
	return table;
}

void listing_of(const struct lexicon *lexicon, struct language *language)
{
	guint *members = count_members(lexicon, language);
	language->dates_by_class = list_dates(lexicon, language->dates, members);
	language->later_by_class = list_dates(lexicon, language->later_dates, members);
	language->maybe_by_class = list_dates(lexicon, language->maybe_dates, members);
	language->rules_by_class = class_table(lexicon);
	language->bags_by_class = class_table(lexicon);
	for (uint16_t i = 0; i < language->rules->len; i++) {
		const struct rule *rule = &g_array_index(language->rules, struct rule, i);
		if (rule->pattern.bag)
			list_under(language->bags_by_class, rarest_class(&rule->pattern, members), i);
		else
			list_sequence(language->rules_by_class, &rule->pattern, i, members);
	}
	g_free(members);
	language->learnt_by_class = class_table(lexicon);
	for (uint16_t i = 0; i < language->learnt->len; i++)
		list_pattern(
		    language->learnt_by_class, &g_array_index(language->learnt, struct rule, i).pattern, i);
}
