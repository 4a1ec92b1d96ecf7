#include "base/base.h"

#include "language/day_choice.h"
#include "language/day_features.h"
#include "language/day_rules.h"
#include "language/evidence.h"

/* A text with more days is a table, and which one is meant is for the rules. */
#define CHOICES_MAX 24

static const struct {
	enum intent_kind kind;
	date_t (*day_of)(const struct analysis *analysis, const struct date_found *date);
	const struct date_found *(*by_rules)(const struct analysis *analysis);
	int vote; /* what the choice of the rules has ahead, in 1/MODEL_SCALE */
	int (*weigh)(const struct analysis *analysis, const struct date_found *date); /* may be NULL */
} kinds[DAY_KINDS] = {
    [DAY_OF_PROMISE] = {INTENT_PROMISE, promise_day_of, promise_day_by_rules, 32, NULL},
    [DAY_OF_PAYMENT] = {INTENT_PAID, paid_day_of, paid_day_by_rules, 32, NULL},
    [DAY_OF_RETURN] = {INTENT_ABSENCE, absence_day_of, absence_day_by_rules, 64, absence_day_weigh},
    [DAY_OF_REMITTANCE] = {INTENT_REMITTANCE, remittance_day_of, remittance_day_by_rules, 32, NULL},
};

static enum day_kind day_kind_of(enum intent_kind kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (kinds[i].kind == kind)
			return (enum day_kind)i;
	g_assert_not_reached();
}

int day_rules_vote(enum intent_kind kind)
{
	return kinds[day_kind_of(kind)].vote;
}

date_t day_meant(const struct analysis *analysis, enum intent_kind kind, const struct date_found *date)
{
	return date ? kinds[day_kind_of(kind)].day_of(analysis, date) : DATE_NONE;
}

static void clear_choice(gpointer pointer)
{
	g_array_free(((struct day_choice *)pointer)->features, TRUE);
}

GArray *day_choices(const struct analysis *analysis, enum intent_kind kind)
{
	enum day_kind day_kind = day_kind_of(kind);
	GArray *choices = g_array_new(FALSE, FALSE, sizeof(struct day_choice));
	g_array_set_clear_func(choices, clear_choice);
	struct day_field field = {
	    .by_rules = kinds[day_kind].by_rules(analysis), .earliest = DATE_NONE, .latest = DATE_NONE};
	for (guint i = 0; i < analysis->dates->len && choices->len < CHOICES_MAX; i++) {
		const struct date_found *date = &g_array_index(analysis->dates, struct date_found, i);
		struct day_choice choice = {
		    date, kinds[day_kind].day_of(analysis, date), date == field.by_rules, 0, NULL};
		if (choice.day == DATE_NONE)
			continue;
		choice.weight = kinds[day_kind].weigh ? kinds[day_kind].weigh(analysis, date) : 0;
		field.most = MAX(field.most, choice.weight);
		g_array_append_val(choices, choice);
		field.earliest = field.count == 0 ? choice.day : MIN(field.earliest, choice.day);
		field.latest = field.count == 0 ? choice.day : MAX(field.latest, choice.day);
		field.count++;
	}
	struct day_choice none = {NULL, DATE_NONE, field.by_rules == NULL, 0, NULL};
	g_array_append_val(choices, none);
	for (guint i = 0; i < choices->len; i++) {
		struct day_choice *choice = &g_array_index(choices, struct day_choice, i);
		field.weight = choice->weight;
		choice->features = day_features(analysis, &field, choice->date, i, choice->day);
	}
	return choices;
}

/* The words around DATE in its clause, up to the commas before and behind it. */
static struct range words_around(const struct stream *stream, const struct date_found *date)
{
	size_t end = date->position + date->length;
	struct range range = {clause_of(stream, date->position).first, clause_of(stream, end - 1).end};
	for (size_t i = date->position; i > range.first; i--)
		if (stream_item(stream, i)->after_comma)
			range.first = i;
	for (size_t i = end; i < range.end; i++)
		if (stream_item(stream, i)->after_comma)
			range.end = i;
	return range;
}

/* "Call me at 11:40, we will pay": an hour is one of today only where the words around it pay. */
static bool is_hour_of_another(
    const struct analysis *analysis, enum day_kind day_kind, const struct date_found *date)
{
	static const enum known_class paying[] = {
	    KNOWN_PAY, KNOWN_PAID, KNOWN_TRANSFER, KNOWN_SENT, KNOWN_PAYMENT};
	if (!date->exact || date->forward != analysis->context->sent)
		return false;
	struct range around = words_around(&analysis->stream, date);
	if (weigh_hits(analysis, around, kinds[day_kind].kind) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LENGTH(paying); i++)
		if (has_class(analysis, around, paying[i]))
			return false;
	return true;
}

/* The only bare day, where no other day may be meant; NULL for none or for several. */
static const struct date_found *bare_day(const struct analysis *analysis, enum day_kind day_kind)
{
	const struct date_found *only = NULL;
	date_t (*day_of)(const struct analysis *, const struct date_found *) = kinds[day_kind].day_of;
	if (day_kind == DAY_OF_RETURN) /* "we answer within 48 hours" */
		return NULL;
	for (guint i = 0; i < analysis->dates->len; i++)
		if (day_of(analysis, &g_array_index(analysis->dates, struct date_found, i)) != DATE_NONE)
			return NULL;
	for (guint i = 0; i < analysis->bare_dates->len; i++) {
		const struct date_found *date = &g_array_index(analysis->bare_dates, struct date_found, i);
		if (day_of(analysis, date) == DATE_NONE || is_hour_of_another(analysis, day_kind, date))
			continue;
		if (only && day_of(analysis, only) != day_of(analysis, date))
			return NULL;
		only = date;
	}
	return only;
}

static const struct date_found *choose_said(const struct analysis *analysis, enum intent_kind kind)
{
	enum day_kind day_kind = day_kind_of(kind);
	const struct model *model = analysis->stream.lexicon->model;
	if (!model || !model_knows_days(model) || analysis->dates->len > CHOICES_MAX ||
	    analysis->context->sent == DATE_NONE)
		return kinds[day_kind].by_rules(analysis);
	GArray *choices = day_choices(analysis, kind);
	const struct date_found *best = NULL;
	int most = INT_MIN;
	for (guint i = 0; i < choices->len; i++) {
		const struct day_choice *choice = &g_array_index(choices, struct day_choice, i);
		int score = model_score_day(model, choice->features, day_kind) +
			    (choice->by_rules ? kinds[day_kind].vote : 0);
		if (score > most) {
			most = score;
			best = choice->date;
		}
	}
	g_array_free(choices, TRUE);
	return best;
}

const struct date_found *day_choose(const struct analysis *analysis, enum intent_kind kind)
{
	enum day_kind day_kind = day_kind_of(kind);
	struct chosen_days *chosen = analysis->chosen;
	if (!chosen->asked[day_kind]) {
		const struct date_found *said = choose_said(analysis, kind);
		chosen->days[day_kind] = said ? said : bare_day(analysis, day_kind);
		chosen->asked[day_kind] = true;
	}
	return chosen->days[day_kind];
}
