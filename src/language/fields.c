/*
 * Which of the days, amounts, numbers and addresses in a text belong to which intent: every candidate is
 * weighed by the words of its clause, the heaviest wins.
 */
#include "base/base.h"

#include "language/evidence.h"

#define PROMISES_MAX	6
#define PROMISE_LEAST	6
#define INSTALMENTS_MAX 24
#define LINES_MAX	500

static void add_mention(GPtrArray *mentions, const char *number)
{
	for (guint i = 0; i < mentions->len; i++)
		if (strcmp(mentions->pdata[i], number) == 0)
			return;
	g_ptr_array_add(mentions, g_strdup(number));
}

static void add_mentions(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	for (size_t i = range.first; i < range.end; i++) {
		if (!stream_has(&analysis->stream, i, CLASS_OURS))
			continue;
		const struct our_document *document =
		    references_find(&analysis->references, &analysis->stream, i);
		if (document)
			add_mention(mentions, document->number);
	}
}

/* The numbers named in the clause, else in the sentence, else (a list) in the one before where that names
 * nothing else. */
static void add_mentions_around(const struct analysis *analysis, size_t position, GPtrArray *mentions)
{
	const struct stream *stream = &analysis->stream;
	add_mentions(analysis, clause_of(stream, position), mentions);
	struct range sentence = sentence_of(stream, position);
	if (mentions->len == 0)
		add_mentions(analysis, sentence, mentions);
	if (mentions->len == 0 && sentence.first > 0 &&
	    sentence.first + 4 > stream_item(stream, position)->sentence) {
		struct range before = sentence_of(stream, sentence.first - 1);
		if (before.end - before.first <= 4)
			add_mentions(analysis, before, mentions);
	}
}

static void set_span(const struct analysis *analysis, struct intent *intent, struct range range)
{
	if (range.end - range.first > 40)
		range.end = range.first + 40;
	g_free(intent->span);
	intent->span = stream_span(&analysis->stream, range.first, range.end);
}

/* The clause whose words speak most for KIND where no rule does: the first with an amount, a day or a number.
 */
static struct range likely_clause(const struct analysis *analysis)
{
	const struct stream *stream = &analysis->stream;
	struct range best = {0, 0};
	for (guint i = 0; i < stream->clauses->len; i++) {
		struct range range = {stream_clause(stream, i)->first, stream_clause(stream, i)->end};
		if (range.end - range.first > best.end - best.first)
			best = range;
	}
	return best;
}

static struct intent *new_intent(
    const struct analysis *analysis, enum intent_kind kind, int confidence, const struct hit *hit)
{
	const struct stream *stream = &analysis->stream;
	struct intent *intent = intent_new(kind);
	intent->confidence = confidence;
	if (!hit) {
		intent->rule = g_strdup_printf("model.%s", intent_kind_word(kind));
		set_span(analysis, intent, likely_clause(analysis));
		return intent;
	}
	struct range clause = clause_of(stream, hit->end - 1);
	set_span(analysis, intent, (struct range){MIN(clause.first, hit->first), MAX(clause.end, hit->end)});
	intent->rule = g_strdup(hit->rule->name);
	add_mentions_around(analysis, hit->end - 1, intent->mentions);
	return intent;
}

static const struct weight promise_weights[] = {{KNOWN_PAY, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 2}, {KNOWN_PAYRUN, CLASS_NONE, 3},
    {KNOWN_FUTURE, CLASS_NONE, 2}, {KNOWN_SENT, CLASS_NONE, 1}, {KNOWN_BALANCE, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_PAID, CLASS_NONE, -1},
    {KNOWN_APPROVAL, CLASS_NONE, -2}, {KNOWN_REPORT, CLASS_NONE, -3}, {KNOWN_CASHFLOW, CLASS_NONE, -2},
    {KNOWN_REMINDER, CLASS_NONE, -1}, {KNOWN_TERMS, CLASS_NONE, -1}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_DELIVERY, CLASS_NONE, -1}, {KNOWN_BOSS, CLASS_NONE, -1}};

/* "in the first days of April, by the 6th": a day in the same sentence says it better than the week or month.
 */
static bool is_made_exact(const struct analysis *analysis, const struct date_found *date)
{
	if (!date->vague)
		return false;
	const struct stream *stream = &analysis->stream;
	uint32_t sentence = stream_item(stream, date->position)->sentence;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *other = date_at(analysis, i);
		if (!other->period && !other->vague && other->position > date->position &&
		    stream_item(stream, other->position)->sentence == sentence &&
		    abs(other->forward - date->forward) <= 31 &&
		    other->position < date->position + date->length + 8)
			return true;
	}
	return false;
}

/* How well a day suits a promise; negative: not at all. TERMS: the end of a time of credit is one, too. */
static int weigh_promise_date(const struct analysis *analysis, const struct date_found *date, bool terms)
{
	date_t sent = analysis->context->sent;
	if (date->period != terms || date->forward == DATE_NONE ||
	    (sent != DATE_NONE && date->forward < sent) || (sent != DATE_NONE && date->forward > sent + 500))
		return -1;
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = 10 + 2 * weigh_hits(analysis, clause, INTENT_PROMISE) +
		     weigh_classes(analysis, clause, promise_weights, G_N_ELEMENTS(promise_weights));
	if (weigh_hits(analysis, clause, INTENT_PAID) >= 3 &&
	    weigh_hits(analysis, clause, INTENT_PROMISE) < 3)
		weight -= 3;
	if (in_unit(analysis, INTENT_PROMISE, date))
		weight += 3;
	if (date->forward == sent)
		weight -= 3;
	else if (date->exact)
		weight += 1;
	if (date->calendar)
		weight += 1;
	if (has_class(analysis, clause, KNOWN_NEGATION))
		weight -= 2;
	if (is_made_exact(analysis, date))
		weight -= 3;
	return weight;
}

/* A second day is a second promise where it has a part of its own: an amount, the rest, or a number of ours.
 */
static bool stands_alone(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	return has_built_in(analysis, clause, CLASS_AMOUNT) || has_class(analysis, clause, KNOWN_BALANCE) ||
	       has_built_in(analysis, clause, CLASS_OURS) || has_class(analysis, clause, KNOWN_HALF) ||
	       has_built_in(analysis, clause, CLASS_CODE) || has_class(analysis, clause, KNOWN_THIRD) ||
	       has_class(analysis, clause, KNOWN_PAY) || has_built_in(analysis, clause, CLASS_MONTH) ||
	       has_class(analysis, clause, KNOWN_INVOICE);
}

/* Two days of one clause are two promises only with an amount between them. */
static bool stands_apart(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct stream *stream = &analysis->stream;
	if (stream_item(stream, date->position)->clause != stream_item(stream, best->position)->clause)
		return true;
	struct range between = {MIN(date->position, best->position), MAX(date->position, best->position)};
	return has_built_in(analysis, between, CLASS_AMOUNT) || has_class(analysis, between, KNOWN_BALANCE);
}

static struct intent *promise_on(
    const struct analysis *analysis, const struct date_found *date, int confidence, const struct hit *hit)
{
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, date->position);
	if (hit && (hit->end <= clause.first || hit->first >= clause.end))
		for (guint i = 0; i < analysis->hits->len; i++)
			if (hit_at(analysis, i)->rule->kind == INTENT_PROMISE &&
			    hit_at(analysis, i)->first < clause.end &&
			    hit_at(analysis, i)->end > clause.first)
				hit = hit_at(analysis, i);
	struct intent *intent = new_intent(analysis, INTENT_PROMISE, confidence, hit);
	set_span(analysis, intent, clause);
	g_ptr_array_set_size(intent->mentions, 0);
	add_mentions_around(analysis, date->position, intent->mentions);
	intent->date = date->forward;
	intent->amount = amount_near(analysis, clause, date->position, false);
	return intent;
}

/* The day that suits a promise most and its weight; NULL for none. */
static const struct date_found *best_promise_date(const struct analysis *analysis, bool terms, int *most)
{
	const struct date_found *best = NULL;
	*most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = weigh_promise_date(analysis, date_at(analysis, i), terms);
		if (weight > *most) {
			*most = weight;
			best = date_at(analysis, i);
		}
	}
	return *most < PROMISE_LEAST ? NULL : best;
}

static void fill_promises(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_PROMISE);
	int most;
	const struct date_found *best = best_promise_date(analysis, false, &most);
	if (!best)
		best = best_promise_date(analysis, true, &most);
	if (!best) {
		g_ptr_array_add(intents, new_intent(analysis, INTENT_PROMISE, confidence, hit));
		return;
	}
	g_ptr_array_add(intents, promise_on(analysis, best, confidence, hit));
	for (guint i = 0, more = 0; i < analysis->dates->len && more < PROMISES_MAX - 1; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (date->forward == best->forward ||
		    weigh_promise_date(analysis, date, false) < MAX(most - 8, 9) ||
		    !stands_apart(analysis, date, best) || !stands_alone(analysis, date))
			continue;
		g_ptr_array_add(intents, promise_on(analysis, date, confidence, hit));
		more++;
	}
}

static const struct weight paid_weights[] = {{KNOWN_PAID, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 3}, {KNOWN_SENT, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_BANK, CLASS_NONE, 1},
    {KNOWN_FUTURE, CLASS_NONE, -2}, {KNOWN_REMINDER, CLASS_NONE, -2}, {KNOWN_APPROVAL, CLASS_NONE, -1},
    {KNOWN_DISPUTE, CLASS_NONE, -1}, {KNOWN_CREDIT_NOTE, CLASS_NONE, -3}, {KNOWN_CREDITED, CLASS_NONE, -3},
    {KNOWN_AGREED, CLASS_NONE, -2}, {KNOWN_DELIVERY, CLASS_NONE, -2}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_REPORT, CLASS_NONE, -2}};

static int weigh_paid_date(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (date->period || date->backward == DATE_NONE || (sent != DATE_NONE && date->backward > sent))
		return -1;
	if (sent != DATE_NONE && date->backward < sent - 700)
		return -1;
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = 10 + 2 * weigh_hits(analysis, clause, INTENT_PAID) +
		     weigh_classes(analysis, clause, paid_weights, G_N_ELEMENTS(paid_weights));
	if (in_unit(analysis, INTENT_PAID, date))
		weight += 4;
	weight += weigh_hits(analysis, sentence_of(&analysis->stream, date->position), INTENT_PAID);
	if (!date->exact && date->bare_day)
		weight -= 1;
	return weight;
}

static void fill_paid(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    new_intent(analysis, INTENT_PAID, confidence, best_hit(analysis, INTENT_PAID));
	g_ptr_array_add(intents, intent);
	const struct date_found *best = NULL;
	int most = 10;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = weigh_paid_date(analysis, date_at(analysis, i));
		if (weight > most) {
			most = weight;
			best = date_at(analysis, i);
		}
	}
	if (!best)
		return;
	intent->date = best->backward;
	set_span(analysis, intent, clause_of(&analysis->stream, best->position));
	if (intent->mentions->len == 0)
		add_mentions_around(analysis, best->position, intent->mentions);
	intent->amount =
	    amount_near(analysis, clause_of(&analysis->stream, best->position), best->position, false);
}

static bool is_document_line(const struct analysis *analysis, struct range line)
{
	return (has_built_in(analysis, line, CLASS_CODE) || has_built_in(analysis, line, CLASS_OURS)) &&
	       has_built_in(analysis, line, CLASS_AMOUNT);
}

/* The value date is named, near the day of the message, and stands in no line of the table. */
static void fill_remittance_date(const struct analysis *analysis, struct intent *intent)
{
	date_t sent = analysis->context->sent;
	int most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		date_t day = date->exact ? date->forward : date->forward;
		if (date->period || day == DATE_NONE || sent == DATE_NONE)
			continue;
		struct range line = line_of(&analysis->stream, date->position);
		struct range before = {
		    date->position > 5 ? MAX(date->position - 5, line.first) : line.first, date->position};
		int weight = 10;
		if (has_class(analysis, before, KNOWN_VALUE_DATE))
			weight += 8;
		if (is_document_line(analysis, line))
			weight -= 6;
		if (day >= sent - 3 && day <= sent + 12)
			weight += 5;
		if (day > sent)
			weight += 2;
		if (weight > most) {
			most = weight;
			intent->date = day;
		}
	}
}

static void add_line(const struct analysis *analysis, struct intent *intent, size_t code, struct money amount)
{
	const struct stream *stream = &analysis->stream;
	const struct token *token = stream_token(stream, code);
	const struct our_document *document = references_find(&analysis->references, stream, code);
	struct remittance_line *line = g_new0(struct remittance_line, 1);
	line->invoice = document ? g_strdup(document->number)
				 : g_strndup(stream->words.text + token->start, token->end - token->start);
	line->amount = amount;
	g_ptr_array_add(intent->lines, line);
	if (document)
		add_mention(intent->mentions, document->number);
}

/* A line with a document number and amounts: what was paid stands last. */
static void fill_lines(const struct analysis *analysis, struct intent *intent)
{
	const struct stream *stream = &analysis->stream;
	for (size_t i = 0; i < stream_length(stream) && intent->lines->len < LINES_MAX;) {
		struct range line = line_of(stream, i);
		size_t code = SIZE_MAX, number = SIZE_MAX;
		struct money amount = MONEY_NONE;
		for (size_t k = line.first; k < line.end; k++) {
			if (stream_has(stream, k, CLASS_OURS) &&
			    (code == SIZE_MAX || !stream_has(stream, code, CLASS_OURS)))
				code = k;
			else if (stream_has(stream, k, CLASS_CODE) && code == SIZE_MAX)
				code = k;
			else if (stream_token(stream, k)->kind == TOKEN_NUMBER &&
				 stream_token(stream, k)->value >= 100 && number == SIZE_MAX &&
				 !in_date(analysis, k))
				number = k;
			struct money found = amount_at(analysis, k);
			if (!money_is_none(found) && stream_token(stream, k)->kind == TOKEN_AMOUNT)
				amount = found;
		}
		if (code == SIZE_MAX)
			code = number;
		if (code != SIZE_MAX && !money_is_none(amount) &&
		    !(has_class(analysis, line, KNOWN_TOTAL) && !stream_has(stream, code, CLASS_OURS)))
			add_line(analysis, intent, code, amount);
		i = line.end;
	}
}

static void fill_remittance(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    new_intent(analysis, INTENT_REMITTANCE, confidence, best_hit(analysis, INTENT_REMITTANCE));
	g_ptr_array_add(intents, intent);
	fill_remittance_date(analysis, intent);
	fill_lines(analysis, intent);
}

static const struct weight contact_weights[] = {{KNOWN_CONTACT, CLASS_NONE, 4},
    {KNOWN_ACCOUNTING, CLASS_NONE, 2}, {KNOWN_WRONG_PERSON, CLASS_NONE, 1}, {KNOWN_INVOICE, CLASS_NONE, 1},
    {KNOWN_REMINDER, CLASS_NONE, 1}, {KNOWN_URGENT, CLASS_NONE, 2}, {KNOWN_PLEASE, CLASS_NONE, 1},
    {KNOWN_ABSENT, CLASS_NONE, 1}, {KNOWN_BANK, CLASS_NONE, -2}, {KNOWN_LEFT_COMPANY, CLASS_NONE, -2}};

/* An address that is not the sender's own, in the clause that speaks most of writing to it. */
static void fill_contact(const struct analysis *analysis, struct intent *intent)
{
	const struct stream *stream = &analysis->stream;
	int most = INT_MIN;
	for (size_t i = 0; i < stream_length(stream); i++) {
		const struct token *token = stream_token(stream, i);
		if (token->kind != TOKEN_MAIL)
			continue;
		char *address = g_strndup(stream->words.text + token->start, token->end - token->start);
		struct range clause = clause_of(stream, i), line = line_of(stream, i);
		int weight =
		    weigh_classes(analysis, clause, contact_weights, G_N_ELEMENTS(contact_weights)) +
		    weigh_classes(analysis, line, contact_weights, G_N_ELEMENTS(contact_weights)) / 2;
		if (analysis->context->from_address &&
		    g_ascii_strcasecmp(address, analysis->context->from_address) == 0)
			weight -= 20;
		if (weight > most) {
			most = weight;
			g_free(intent->contact);
			intent->contact = g_steal_pointer(&address);
		}
		g_free(address);
	}
}

/* The first day back: named as such, else the day after the last day away. */
static void fill_absence(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    new_intent(analysis, INTENT_ABSENCE, confidence, best_hit(analysis, INTENT_ABSENCE));
	g_ptr_array_add(intents, intent);
	fill_contact(analysis, intent);
	date_t sent = analysis->context->sent;
	int most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (date->period || date->forward == DATE_NONE || sent == DATE_NONE || date->forward < sent ||
		    date->forward > sent + 500)
			continue;
		struct range clause = clause_of(&analysis->stream, date->position);
		int weight = 10;
		if (has_class(analysis, clause, KNOWN_BACK) && !date->until)
			weight += 8;
		else if (date->until)
			weight += 6;
		if (has_class(analysis, clause, KNOWN_ABSENT))
			weight += 2;
		if (date->vague)
			weight -= 3;
		if (date->forward == sent)
			weight -= 4;
		if (weight > most || (weight == most && !date->until && date->forward > intent->until)) {
			most = weight;
			intent->until = date->until ? next_working_day(date->forward + 1) : date->forward;
		}
	}
}

static const struct weight delay_weights[] = {{KNOWN_PROPOSE, CLASS_NONE, 3},
    {KNOWN_MORE_TIME, CLASS_NONE, 3}, {KNOWN_INSTALMENT, CLASS_NONE, 3}, {KNOWN_PAY, CLASS_NONE, 2},
    {KNOWN_PLEASE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 2}, {KNOWN_BALANCE, CLASS_NONE, 1},
    {KNOWN_CASHFLOW, CLASS_NONE, -1}, {KNOWN_PAID, CLASS_NONE, -2}, {KNOWN_REMINDER, CLASS_NONE, -2},
    {KNOWN_DELIVERY, CLASS_NONE, -1}};

/* Days to come in the sentences that propose, each with the amount next to it. */
static void fill_proposal(const struct analysis *analysis, struct intent *intent)
{
	const struct stream *stream = &analysis->stream;
	date_t sent = analysis->context->sent;
	for (guint i = 0; i < analysis->dates->len && intent->proposal->len < INSTALMENTS_MAX; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (date->period || date->forward == DATE_NONE || sent == DATE_NONE || date->forward < sent ||
		    date->forward > sent + 800)
			continue;
		struct range sentence = sentence_of(stream, date->position);
		if (weigh_hits(analysis, sentence, INTENT_DELAY) < 2 &&
		    weigh_classes(analysis, sentence, delay_weights, G_N_ELEMENTS(delay_weights)) < 3)
			continue;
		size_t from = sentence.first, to = sentence.end;
		if (i > 0 && date_at(analysis, i - 1)->position >= from)
			from = date_at(analysis, i - 1)->position + date_at(analysis, i - 1)->length;
		if (i + 1 < analysis->dates->len && date_at(analysis, i + 1)->position < to)
			to = date_at(analysis, i + 1)->position;
		struct instalment part = {.date = date->forward};
		/* "500 on 1 August": before the day; "1 August: 500": after it */
		part.amount =
		    amount_near(analysis, (struct range){from, date->position}, date->position, true);
		if (money_is_none(part.amount) && !(i + 1 < analysis->dates->len && to < sentence.end))
			part.amount = amount_near(analysis, (struct range){date->position + date->length, to},
			    date->position, true);
		bool known = false;
		for (guint k = 0; k < intent->proposal->len; k++)
			known |= g_array_index(intent->proposal, struct instalment, k).date == part.date;
		if (!known)
			g_array_append_val(intent->proposal, part);
	}
}

static void fill_delay(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    new_intent(analysis, INTENT_DELAY, confidence, best_hit(analysis, INTENT_DELAY));
	g_ptr_array_add(intents, intent);
	fill_proposal(analysis, intent);
}

#define VALUES_MAX	16
#define CONTESTED_LEAST 7

/* Of the model's choice, against the strengths of rules. */
#define MODEL_VOTE	 14
#define VAGUE_MODEL_VOTE 6

struct candidate {
	const char *value;
	int weight;
	const struct hit *hit; /* the best of its rules; NULL for none */
};

static struct candidate *candidate_for(struct candidate *candidates, size_t *count, const char *value)
{
	for (size_t k = 0; k < *count; k++)
		if (strcmp(candidates[k].value, value) == 0)
			return &candidates[k];
	if (*count == VALUES_MAX)
		return NULL;
	candidates[*count] = (struct candidate){value, 0, NULL};
	return &candidates[(*count)++];
}

/* What fits everything explains little. */
static bool is_vague(const char *value)
{
	return strcmp(value, "other") == 0 || strcmp(value, "refusal") == 0;
}

static int hit_weight(const struct hit *hit)
{
	static const int strengths[] = {[STRENGTH_HINT] = 1, [STRENGTH_LIKELY] = 4, [STRENGTH_SURE] = 8};
	int weight = hit->weak ? 1 : strengths[hit->rule->strength];
	return is_vague(hit->rule->value) ? (weight + 3) / 4 : weight;
}

/* The reason or thing that the rules of KIND and the model (CHOICE, may be NULL) speak for most, and the rule
 * that does. */
static const char *best_value(
    const struct analysis *analysis, enum intent_kind kind, const char *choice, const struct hit **best)
{
	struct candidate candidates[VALUES_MAX];
	size_t count = 0;
	if (choice)
		candidate_for(candidates, &count, choice)->weight =
		    is_vague(choice) ? VAGUE_MODEL_VOTE : MODEL_VOTE;
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		if (hit->rule->kind != kind || !hit->rule->value)
			continue;
		struct candidate *candidate = candidate_for(candidates, &count, hit->rule->value);
		if (!candidate)
			continue;
		candidate->weight += hit_weight(hit);
		if (!candidate->hit || hit->weak < candidate->hit->weak ||
		    (hit->weak == candidate->hit->weak &&
			hit->rule->strength > candidate->hit->rule->strength))
			candidate->hit = hit;
	}
	const struct candidate *winner = NULL;
	for (size_t k = 0; k < count; k++)
		if (!winner || candidates[k].weight > winner->weight)
			winner = &candidates[k];
	if (winner && winner->hit)
		*best = winner->hit;
	return winner ? winner->value : "other";
}

static const struct weight contested_weights[] = {{KNOWN_DISPUTE, CLASS_NONE, 3},
    {KNOWN_DEDUCT, CLASS_NONE, 4}, {KNOWN_REFUSE, CLASS_NONE, 3}, {KNOWN_CREDIT_NOTE, CLASS_NONE, 2},
    {KNOWN_CREDITED, CLASS_NONE, 2}, {KNOWN_PENALTY, CLASS_NONE, 3}, {KNOWN_ERROR_WORD, CLASS_NONE, 2},
    {KNOWN_DEFECT, CLASS_NONE, 1}, {KNOWN_PAID, CLASS_NONE, -4}, {KNOWN_BALANCE, CLASS_NONE, -4},
    {KNOWN_QUOTE_DOC, CLASS_NONE, -3}, {KNOWN_AGREED, CLASS_NONE, -3}, {-1, CLASS_FUTURE, -2}};

#define FIGURES_MAX 24

/* The figures of a text that may be amounts, in hundredths. */
static size_t collect_figures(const struct analysis *analysis, int64_t figures[FIGURES_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < stream_length(&analysis->stream) && count < FIGURES_MAX; i++) {
		const struct token *token = stream_token(&analysis->stream, i);
		if (token->kind != TOKEN_AMOUNT && token->kind != TOKEN_NUMBER &&
		    token->kind != TOKEN_DECIMAL)
			continue;
		struct money amount = references_amount(&analysis->references, token);
		if (token->value > 0 && token->value < INT64_MAX / 100)
			figures[count++] = money_is_none(amount) ? 100 * token->value : llabs(amount.minor);
	}
	return count;
}

/* What is too much is often reckoned: 10 where the text is of 42 instead of 32. Positive where AMOUNT is the
 * difference of two figures, negative where it is one of two whose difference is stated. */
static int weigh_difference(const struct analysis *analysis, int64_t amount)
{
	int64_t figures[FIGURES_MAX];
	size_t count = collect_figures(analysis, figures);
	int weight = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++) {
			if (figures[i] <= figures[k] || figures[k] == 0)
				continue;
			int64_t difference = figures[i] - figures[k];
			if (difference == amount && figures[i] != amount && figures[k] != amount)
				weight = MAX(weight, 6);
			if (figures[i] == amount || figures[k] == amount)
				for (size_t m = 0; m < count; m++)
					if (figures[m] == difference && figures[m] != amount && weight == 0)
						weight = -6;
		}
	return weight;
}

/* How well an amount suits what is contested of our documents; 0 and below: not at all. */
static int weigh_contested(const struct analysis *analysis, size_t position, struct money amount)
{
	const struct references *references = &analysis->references;
	struct money total = references_total(references);
	if (!money_is_none(total) && amount.minor >= total.minor)
		return 0;
	for (guint i = 0; i < references->documents->len; i++)
		if (g_array_index(references->documents, struct our_document, i).amount.minor == amount.minor)
			return 0;
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, position), sentence = sentence_of(stream, position);
	int weight = 2 * weigh_hits(analysis, clause, INTENT_DISPUTE) +
		     weigh_hits(analysis, sentence, INTENT_DISPUTE) +
		     weigh_classes(analysis, clause, contested_weights, G_N_ELEMENTS(contested_weights)) -
		     weigh_hits(analysis, clause, INTENT_PAID) - weigh_hits(analysis, clause, INTENT_PROMISE);
	if (in_unit_at(analysis, INTENT_DISPUTE, position))
		weight += 2;
	weight += weigh_difference(analysis, amount.minor);
	for (size_t i = position + 1; i < sentence.end; i++)
		if (stream_token(stream, i)->kind == TOKEN_AMOUNT)
			return weight; /* the difference stands last: 42 instead of 38, so 244 too much */
	return weight + 2;
}

/* The part that is contested where one is stated: the rest can still be asked for. */
static struct money contested_amount(const struct analysis *analysis)
{
	struct money best = MONEY_NONE;
	int most = CONTESTED_LEAST;
	for (size_t i = 0; i < stream_length(&analysis->stream); i++) {
		if (stream_token(&analysis->stream, i)->kind != TOKEN_AMOUNT || in_date(analysis, i))
			continue;
		struct money amount = amount_at(analysis, i);
		if (money_is_none(amount))
			continue;
		amount.minor = llabs(amount.minor); /* "(-87.00)" */
		int weight = weigh_contested(analysis, i, amount);
		if (weight >= most) {
			most = weight;
			best = amount;
		}
	}
	return best;
}

static void fill_dispute(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_DISPUTE);
	const struct model *model = analysis->stream.lexicon->model;
	const char *choice = model && analysis->features ? model_reason(model, analysis->features) : NULL;
	const char *reason = best_value(analysis, INTENT_DISPUTE, choice, &hit);
	struct intent *intent = new_intent(analysis, INTENT_DISPUTE, confidence, hit);
	intent->reason = g_strdup(reason);
	intent->amount = contested_amount(analysis);
	g_ptr_array_add(intents, intent);
}

static void fill_request(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_REQUEST);
	const struct model *model = analysis->stream.lexicon->model;
	const char *choice = model && analysis->features ? model_thing(model, analysis->features) : NULL;
	const char *what = best_value(analysis, INTENT_REQUEST, choice, &hit);
	struct intent *intent = new_intent(analysis, INTENT_REQUEST, confidence, hit);
	intent->what = g_strdup(what);
	for (guint i = 0; i < analysis->hits->len; i++)
		intent->never_received |= hit_at(analysis, i)->rule->never_received &&
					  !hit_at(analysis, i)->weak && strcmp(what, "invoice_copy") == 0;
	g_ptr_array_add(intents, intent);
}

void fields_fill(const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents)
{
	switch (kind) {
	case INTENT_PROMISE:
		fill_promises(analysis, confidence, intents);
		return;
	case INTENT_PAID:
		fill_paid(analysis, confidence, intents);
		return;
	case INTENT_REMITTANCE:
		fill_remittance(analysis, confidence, intents);
		return;
	case INTENT_ABSENCE:
		fill_absence(analysis, confidence, intents);
		return;
	case INTENT_DISPUTE:
		fill_dispute(analysis, confidence, intents);
		return;
	case INTENT_REQUEST:
		fill_request(analysis, confidence, intents);
		return;
	case INTENT_DELAY:
		fill_delay(analysis, confidence, intents);
		return;
	default:
		break;
	}
	struct intent *intent = new_intent(analysis, kind, confidence, best_hit(analysis, kind));
	if (kind == INTENT_REDIRECT)
		fill_contact(analysis, intent);
	g_ptr_array_add(intents, intent);
}
