#include "base/base.h"
#include "match/match.h"

#include "match/candidates.h"

static void match_free(void *data)
{
	struct match *match = data;
	row_clear(&receivable_table, &match->receivable);
	g_free(match->customer_name);
	g_ptr_array_unref(match->evidence);
	g_free(match);
}

char *match_evidence(const struct match *match)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < match->evidence->len; i++)
		g_string_append_printf(text, "%s%s", i ? " " : "", (const char *)match->evidence->pdata[i]);
	return g_string_free(text, FALSE);
}

/* What each sign is worth alone; a second sign lifts the weaker ones to certainty. */
static const struct {
	enum sign sign;
	const char *word;
	int alone;
	bool sure_alone;
} signs[] = {
    {SIGN_IN_REPLY_TO, "in-reply-to", 990, true},
    {SIGN_ORIGINAL_MESSAGE_ID, "original-message-id", 990, true},
    {SIGN_REFERENCES, "references", 700, false},
    {SIGN_NUMBER, "number", 550, false},
    {SIGN_COUNTERPART, "counterpart", MATCH_SCORE_COUNTERPART, false},
    {SIGN_RECIPIENT, "recipient", 400, false},
};

/* Pairs that are certain together. */
static const struct {
	unsigned both;
	int score;
} pairs[] = {
    {SIGN_REFERENCES | SIGN_NUMBER, 970},
    {SIGN_REFERENCES | SIGN_COUNTERPART, 950},
    {SIGN_NUMBER | SIGN_COUNTERPART, 950},
    {SIGN_NUMBER | SIGN_RECIPIENT, 950},
};

static void weigh(struct match *match, unsigned found)
{
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++) {
		if (!(found & signs[i].sign))
			continue;
		g_ptr_array_add(match->evidence, (void *)signs[i].word);
		match->score = MAX(match->score, signs[i].alone);
		match->is_sure = match->is_sure || signs[i].sure_alone;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(pairs); i++)
		if ((found & pairs[i].both) == pairs[i].both) {
			match->score = MAX(match->score, pairs[i].score);
			match->is_sure = true;
		}
}

static bool name_customer(struct store *store, struct match *match, struct error *error)
{
	struct customer customer;
	bool found;
	if (!customer_get(store, match->receivable.customer, &customer, &found, error))
		return false;
	if (found) {
		match->customer_name = g_steal_pointer(&customer.name);
		row_clear(&customer_table, &customer);
	}
	return true;
}

static int by_score(const void *left, const void *right)
{
	const struct match *a = *(struct match *const *)left, *b = *(struct match *const *)right;
	if (a->score != b->score)
		return b->score - a->score;
	return a->receivable.id < b->receivable.id ? -1 : a->receivable.id > b->receivable.id;
}

/* When some of a thread's invoices are named, the mail is about those: the others are only proposals. */
static void narrow_to_named(GPtrArray *candidates)
{
	bool named = false;
	for (guint i = 0; i < candidates->len; i++)
		named = named || (((struct candidate *)candidates->pdata[i])->signs & SIGN_NUMBER);
	if (!named)
		return;
	for (guint i = 0; i < candidates->len; i++) {
		struct candidate *candidate = candidates->pdata[i];
		if (!(candidate->signs & SIGN_NUMBER) && (candidate->signs & SIGN_IN_REPLY_TO))
			candidate->signs =
			    (candidate->signs & ~(unsigned)SIGN_IN_REPLY_TO) | SIGN_THREAD_OF_ANOTHER;
	}
}

GPtrArray *match_reading(
    struct store *store, const struct config *config, const struct reading *reading, struct error *error)
{
	GPtrArray *candidates = candidates_collect(store, config, reading, error);
	if (!candidates)
		return NULL;
	narrow_to_named(candidates);
	GPtrArray *matches = g_ptr_array_new_with_free_func(match_free);
	bool done = true;
	for (guint i = 0; done && i < candidates->len; i++) {
		struct candidate *candidate = candidates->pdata[i];
		if (!(candidate->signs & ~(unsigned)SIGN_THREAD_OF_ANOTHER))
			continue;
		struct match *match = g_new0(struct match, 1);
		match->receivable = candidate->receivable;
		candidate->receivable = (struct receivable){0};
		match->evidence = g_ptr_array_new();
		weigh(match, candidate->signs);
		g_ptr_array_add(matches, match);
		done = name_customer(store, match, error);
	}
	g_ptr_array_unref(candidates);
	if (!done) {
		g_ptr_array_unref(matches);
		return NULL;
	}
	g_ptr_array_sort(matches, by_score);
	return matches;
}
