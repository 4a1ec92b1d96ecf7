/* From text to intents: language, classes, dates, references, rules, the model's opinion, and the fields of
 * each intent. */
#include "base/base.h"

#include "language/bank.h"
#include "language/beliefs.h"
#include "language/dates.h"
#include "language/day_choice.h"
#include "language/day_order.h"
#include "language/detect.h"
#include "language/evidence.h"
#include "language/features.h"
#include "language/fields.h"
#include "language/hits.h"
#include "language/learnt.h"
#include "language/payments.h"
#include "language/references.h"
#include "language/understand.h"

/* A reply that says more than this has said it before; what follows is a report or an attack. */
#define TEXT_BYTES    65536
#define SUBJECT_BYTES 1000

/* What all that follows rests on: the words' classes, days, numbers of documents, clauses and rules. */
static void annotate(struct analysis *analysis)
{
	analysis->features = NULL;
	analysis->chosen = g_new0(struct chosen_days, 1);
	analysis->dates = dates_find(&analysis->stream, &analysis->base);
	analysis->bare_dates = dates_find_bare(&analysis->stream, &analysis->base, analysis->dates);
	stream_find_clauses(&analysis->stream);
	analysis->hits = hits_find(&analysis->stream);
}

static void analyse(struct analysis *analysis, const struct lexicon *lexicon, const char *text, size_t length,
    const struct understand_context *context)
{
	const char *subject = context->subject ? context->subject : "";
	struct words words, subject_words;
	words_init(&words, &lexicon->number_words, text, length, TEXT_BYTES);
	words_init(&subject_words, &lexicon->number_words, subject, strlen(subject), SUBJECT_BYTES);
	const struct language *language = language_detect(lexicon, &words, &subject_words);
	analysis->context = context;
	stream_of_words(&analysis->stream, lexicon, language, &words);
	references_init(
	    &analysis->references, &lexicon->number_words, context->quoted_text, context->subject);
	references_annotate(&analysis->references, &analysis->stream);
	analysis->base = (struct date_base){.sent = context->sent,
	    .due = references_due(&analysis->references),
	    .issued = references_issued(&analysis->references),
	    .order = day_order_told(&analysis->stream, analysis->references.currency)};
	annotate(analysis);
	stream_of_words(&analysis->subject, lexicon, language, &subject_words);
	stream_find_clauses(&analysis->subject);
}

/* A sentence of WHOLE as if it were all of the text; CONTEXT is that of the whole without its subject. */
static void analyse_sentence(struct analysis *analysis, const struct analysis *whole,
    const struct sentence *sentence, const struct understand_context *context)
{
	const struct stream *stream = &whole->stream;
	const char *text = stream->words.text;
	size_t from = stream_token(stream, sentence->first)->start;
	size_t end = sentence->end < stream_length(stream) ? stream_token(stream, sentence->end)->start
							   : stream->words.length;
	analysis->context = context;
	stream_init(
	    &analysis->stream, stream->lexicon, stream->language, text + from, end - from, TEXT_BYTES);
	references_of_part(&analysis->references, &whole->references);
	references_annotate(&analysis->references, &analysis->stream);
	analysis->base = whole->base;
	annotate(analysis);
	stream_init(&analysis->subject, stream->lexicon, stream->language, "", 0, SUBJECT_BYTES);
	stream_find_clauses(&analysis->subject);
}

static void analysis_clear(struct analysis *analysis)
{
	g_array_free(analysis->dates, TRUE);
	g_array_free(analysis->bare_dates, TRUE);
	g_array_free(analysis->hits, TRUE);
	references_clear(&analysis->references);
	stream_clear(&analysis->stream);
	stream_clear(&analysis->subject);
	g_free(analysis->chosen);
	if (analysis->features)
		features_free(analysis->features);
}

/* What the rules alone believe: thousandths for each intent. */
static void believe_rules(const GArray *hits, int beliefs[INTENT_COUNT])
{
	static const int strengths[] = {
	    [STRENGTH_HINT] = 300, [STRENGTH_LIKELY] = 700, [STRENGTH_SURE] = 900};
	memset(beliefs, 0, INTENT_COUNT * sizeof(int));
	for (guint i = 0; i < hits->len; i++) {
		const struct hit *hit = &g_array_index(hits, struct hit, i);
		if (!hit->weak)
			beliefs[hit->rule->kind] =
			    MAX(beliefs[hit->rule->kind], strengths[hit->rule->strength]);
	}
}

static void believe(struct analysis *analysis, int beliefs[INTENT_COUNT])
{
	const struct model *model = analysis->stream.lexicon->model;
	for (size_t i = 0; i < INTENT_COUNT; i++)
		analysis->units[i] = NO_UNIT;
	if (!model) {
		believe_rules(analysis->hits, beliefs);
		return;
	}
	analysis->features = features_collect(
	    &analysis->stream, analysis->hits, &analysis->subject, analysis->context->automatic, model);
	model_score(model, analysis->features, beliefs, analysis->units);
	for (size_t i = 0; i < INTENT_COUNT; i++)
		beliefs[i] = belief_from_score(beliefs[i]);
	beliefs_weigh_together(model_seldom(model), beliefs);
}

static struct understanding *understanding_new(void)
{
	struct understanding *understanding = g_new0(struct understanding, 1);
	understanding->intents = g_ptr_array_new_with_free_func((GDestroyNotify)intent_free);
	understanding->primary = INTENT_NONE;
	return understanding;
}

void understanding_free(struct understanding *understanding)
{
	if (!understanding)
		return;
	g_ptr_array_free(understanding->intents, TRUE);
	if (understanding->ibans)
		g_ptr_array_free(understanding->ibans, TRUE);
	g_free(understanding->bank_change);
	g_free(understanding);
}

/* An intent after the primary one. */
static bool is_present(
    const struct analysis *analysis, enum intent_kind kind, enum intent_kind primary, int belief)
{
	if (belief >= UNDERSTAND_POSSIBLE)
		return true;
	if (kind == INTENT_ABSENCE)
		return analysis->features && analysis->context->automatic &&
		       belief >= UNDERSTAND_POSSIBLY_AWAY && day_choose(analysis, kind);
	bool pays = kind == INTENT_PROMISE || kind == INTENT_PAID;
	return analysis->features && pays &&
	       ((belief >= UNDERSTAND_POSSIBLE_ON_DAY && day_choose(analysis, kind)) ||
		   payments_are_stated(analysis, kind, primary));
}

/*
 * What is promised or was paid in plain words, with its day, although the model makes little of it: before
 * PRIMARY, which is less than that. CONFIDENCE, the chance of PRIMARY, becomes as little as the model's
 * belief: a person will look at it.
 */
static enum intent_kind heed_stated(const struct analysis *analysis, const int beliefs[INTENT_COUNT],
    enum intent_kind primary, int *confidence)
{
	static const enum intent_kind stated[] = {INTENT_PROMISE, INTENT_PAID};
	for (size_t i = 0; analysis->features && i < ARRAY_LENGTH(stated); i++)
		if (stated[i] < primary && beliefs[stated[i]] >= UNDERSTAND_STATED &&
		    payments_are_stated(analysis, stated[i], INTENT_DISPUTE)) {
			*confidence = beliefs[stated[i]];
			return stated[i];
		}
	return primary;
}

static void decide(struct understanding *understanding, struct analysis *analysis)
{
	int beliefs[INTENT_COUNT];
	struct learnt_choice learnt[INTENT_COUNT];
	believe(analysis, beliefs);
	learnt_heed(analysis, beliefs, learnt);
	int confidence;
	enum intent_kind primary = beliefs_decide(beliefs, &confidence);
	primary = heed_stated(analysis, beliefs, primary, &confidence);
	for (int kind = 0; kind < INTENT_NONE; kind++)
		if (kind == (int)primary ||
		    (kind > (int)primary &&
			is_present(analysis, (enum intent_kind)kind, primary, beliefs[kind])))
			fields_fill(analysis, (enum intent_kind)kind, beliefs[kind], understanding->intents);
	if (understanding->intents->len == 0) {
		struct intent *none = intent_new(INTENT_NONE);
		none->rule = g_strdup("none");
		g_ptr_array_add(understanding->intents, none);
	}
	understanding->primary = primary;
	if (analysis->stream.lexicon->model)
		confidence = model_confidence(
		    analysis->stream.lexicon->model, analysis->features, beliefs, primary, confidence);
	else if (primary == INTENT_NONE)
		confidence = 400;
	if (learnt[primary].rule)
		confidence = learnt_confidence(&learnt[primary]);
	understanding->confidence = CLAMP(confidence, 0, 1000);
	for (guint i = 0; i < understanding->intents->len; i++) {
		struct intent *intent = understanding->intents->pdata[i];
		if (learnt[intent->kind].rule)
			learnt_fill(analysis, &learnt[intent->kind], intent);
		if (intent->kind == primary)
			intent->confidence = understanding->confidence;
	}
}

/*
 * Sentences that are read by themselves: a long complaint drowns the one that promises the rest on Friday,
 * and of three invoices each has a line of its own.
 */
#define SENTENCES_MOST	       5 /* are read so */
#define SENTENCE_ITEMS_MOST    80
#define LIKELY_ALONE	       700 /* thousandths: from here on such a sentence counts */
#define LIKELY_OF_ITS_DOCUMENT 600 /* the same where it names one of our documents of several */
#define SURE_ALONE	       850 /* the same of one that tells of insolvency or legal action */
#define TOLD_ALONE	       450 /* what it tells takes no effect: the whole does not say so */
#define SURE_OF_THE_WHOLE      800 /* from here on nothing that one sentence tells goes before all else */
#define UNSURE_ALONE	       700 /* below, it does, and a person looks at the whole */

static bool is_told(const struct understanding *understanding, enum intent_kind kind)
{
	for (guint i = 0; i < understanding->intents->len; i++)
		if (((const struct intent *)understanding->intents->pdata[i])->kind == kind)
			return true;
	return false;
}

static bool day_is_told(const struct understanding *understanding, date_t day)
{
	for (guint i = 0; day != DATE_NONE && i < understanding->intents->len; i++) {
		const struct intent *intent = understanding->intents->pdata[i];
		if (intent->date == day || intent->until == day)
			return true;
	}
	return false;
}

/* Where in the days and the rules that matched, both in the order of the text, a sentence begins. */
struct place {
	guint date, hit;
};

static void go_to(struct place *place, const struct analysis *whole, const struct sentence *sentence)
{
	while (place->date < whole->dates->len && date_at(whole, place->date)->position < sentence->first)
		place->date++;
	while (place->hit < whole->hits->len && hit_at(whole, place->hit)->first < sentence->first)
		place->hit++;
}

/* It has a day of which nothing is told. */
static bool has_untold_day(const struct understanding *understanding, const struct analysis *whole,
    const struct sentence *sentence, struct place place)
{
	for (guint i = place.date; i < whole->dates->len; i++) {
		const struct date_found *date = date_at(whole, i);
		if (date->position >= sentence->end)
			return false;
		if (!date->period && !day_is_told(understanding, date->forward) &&
		    !day_is_told(understanding, date->backward))
			return true;
	}
	return false;
}

static bool names_one_of_several(const struct analysis *whole, const struct sentence *sentence)
{
	for (size_t i = sentence->first; whole->references.documents->len > 1 && i < sentence->end; i++)
		if (references_find(&whole->references, i))
			return true;
	return false;
}

static void insert_in_order(GPtrArray *intents, struct intent *intent)
{
	guint at = 0;
	while (at < intents->len && ((const struct intent *)intents->pdata[at])->kind <= intent->kind)
		at++;
	g_ptr_array_insert(intents, (gint)at, intent);
}

static bool is_end(enum intent_kind kind)
{
	return kind == INTENT_INSOLVENCY || kind == INTENT_LEGAL;
}

/* A rule, not weakened, that likely tells of insolvency or surely of legal action. */
static bool speaks_of_end(const struct analysis *whole, const struct sentence *sentence, struct place place)
{
	for (guint i = place.hit; i < whole->hits->len && hit_at(whole, i)->first < sentence->end; i++) {
		const struct hit *hit = hit_at(whole, i);
		if (!hit->weak && is_end(hit->rule->kind) &&
		    hit->rule->strength >=
			(hit->rule->kind == INTENT_LEGAL ? STRENGTH_SURE : STRENGTH_LIKELY))
			return true;
	}
	return false;
}

/* "We are filing for bankruptcy." stands before all else that WHOLE says, and a person looks at it. */
static void take_end(struct understanding *whole, struct understanding *part)
{
	if (!is_end(part->primary) || part->confidence < SURE_ALONE || part->primary >= whole->primary)
		return;
	if (whole->primary == INTENT_NONE)
		g_ptr_array_set_size(whole->intents, 0);
	struct intent *intent = g_ptr_array_steal_index(part->intents, 0);
	whole->primary = intent->kind;
	whole->confidence = intent->confidence = MIN(whole->confidence, UNSURE_ALONE);
	insert_in_order(whole->intents, intent);
}

/* Moves what PART promises or has paid, with its day, into WHOLE. */
static void take_from_sentence(struct understanding *whole, struct understanding *part, bool of_document)
{
	enum intent_kind kind = part->primary;
	if ((kind != INTENT_PROMISE && kind != INTENT_PAID) ||
	    part->confidence < (of_document ? LIKELY_OF_ITS_DOCUMENT : LIKELY_ALONE) ||
	    (is_told(whole, kind) && !of_document) ||
	    (kind < whole->primary && whole->confidence >= SURE_OF_THE_WHOLE))
		return;
	for (guint i = part->intents->len; i-- > 0;) {
		struct intent *intent = part->intents->pdata[i];
		if (intent->kind != kind || intent->date == DATE_NONE || day_is_told(whole, intent->date))
			continue;
		g_ptr_array_steal_index(part->intents, i);
		intent->confidence = TOLD_ALONE;
		insert_in_order(whole->intents, intent);
		if (kind < whole->primary) {
			if (whole->primary == INTENT_NONE)
				g_ptr_array_remove_range(whole->intents, 1, 1);
			whole->primary = kind;
			whole->confidence = MIN(whole->confidence, UNSURE_ALONE);
			intent->confidence = whole->confidence;
		}
	}
}

static void tell_sentences(struct understanding *understanding, const struct analysis *whole)
{
	if (!whole->features || whole->stream.sentences->len < 2)
		return;
	struct understand_context context = *whole->context;
	context.subject = NULL;
	struct place place = {0};
	size_t read = 0;
	for (guint i = 0; i < whole->stream.sentences->len && read < SENTENCES_MOST; i++) {
		const struct sentence *sentence = stream_sentence(&whole->stream, i);
		if (is_end(understanding->primary))
			return;
		go_to(&place, whole, sentence);
		bool may_pay = understanding->primary != INTENT_DELAY &&
			       understanding->primary != INTENT_REMITTANCE &&
			       has_untold_day(understanding, whole, sentence, place);
		if (sentence->end - sentence->first > SENTENCE_ITEMS_MOST ||
		    (!may_pay && !speaks_of_end(whole, sentence, place)))
			continue;
		struct analysis analysis;
		struct understanding *part = understanding_new();
		analyse_sentence(&analysis, whole, sentence, &context);
		decide(part, &analysis);
		take_end(understanding, part);
		if (may_pay)
			take_from_sentence(understanding, part, names_one_of_several(whole, sentence));
		analysis_clear(&analysis);
		understanding_free(part);
		read++;
	}
}

struct understanding *understand(
    const struct lexicon *lexicon, const char *new_text, const struct understand_context *context)
{
	struct understanding *understanding = understanding_new();
	struct analysis analysis;
	analyse(&analysis, lexicon, new_text, strlen(new_text), context);
	if (analysis.stream.language)
		memcpy(
		    understanding->language, analysis.stream.language->code, sizeof(understanding->language));
	decide(understanding, &analysis);
	tell_sentences(understanding, &analysis);
	understanding->bank_change = bank_change_find(&analysis.stream);
	if (!understanding->bank_change)
		understanding->bank_change = bank_change_find(&analysis.subject);
	understanding->ibans = bank_ibans(new_text, strnlen(new_text, TEXT_BYTES));
	analysis_clear(&analysis);
	return understanding;
}

struct features *understand_features(
    const struct lexicon *lexicon, const char *new_text, const struct understand_context *context)
{
	struct analysis analysis;
	analyse(&analysis, lexicon, new_text, strlen(new_text), context);
	struct features *features =
	    features_collect(&analysis.stream, analysis.hits, &analysis.subject, context->automatic, NULL);
	analysis_clear(&analysis);
	return features;
}

GArray *understand_days(const struct lexicon *lexicon, const char *new_text,
    const struct understand_context *context, enum intent_kind kind)
{
	struct analysis analysis;
	analyse(&analysis, lexicon, new_text, strlen(new_text), context);
	for (size_t i = 0; i < INTENT_COUNT; i++)
		analysis.units[i] = NO_UNIT;
	GArray *choices = day_choices(&analysis, kind);
	analysis_clear(&analysis);
	return choices;
}
