/*
 * Which of the days, amounts, numbers and addresses in a text belong to which intent: every candidate is
 * weighed by the words of its clause, the heaviest wins.
 */
#include "base/base.h"

#include "language/day_choice.h"
#include "language/day_rules.h"
#include "language/evidence.h"
#include "language/findings.h"
#include "language/mentions.h"
#include "language/payments.h"
#include "language/proposals.h"

#define LINES_MAX 500

/* The number at CODE with all that is joined to it: "6014-A" whose number is read as 6014. */
static char *code_text(const struct stream *stream, size_t code)
{
	const char *text = stream->words.text;
	size_t start = stream_token(stream, code)->start, end = stream_token(stream, code)->end;
	while (end < stream->words.length && end - start < 40 &&
	       (g_ascii_isalnum(text[end]) || (strchr("-/", text[end]) && end + 1 < stream->words.length &&
						  g_ascii_isalnum(text[end + 1]))))
		end++;
	return g_strndup(text + start, end - start);
}

static void add_line(const struct analysis *analysis, struct intent *intent, size_t code, struct money amount)
{
	const struct stream *stream = &analysis->stream;
	const struct our_document *document = references_find(&analysis->references, code);
	struct remittance_line *line = g_new0(struct remittance_line, 1);
	line->invoice = document ? g_strdup(document->number) : code_text(stream, code);
	line->amount = amount;
	g_ptr_array_add(intent->lines, line);
	if (document)
		mentions_add(intent->mentions, document->number);
}

/* A minus before the currency: "-£64.00", "-/- € 25,38". */
static bool has_minus_before(const struct stream *stream, size_t position)
{
	const char *text = stream->words.text;
	size_t at = stream_token(stream, position)->start;
	bool blank = at > 0 && text[at - 1] == ' ';
	while (at > 0 && text[at - 1] == ' ')
		at--;
	if (at < 2 || text[at - 1] != '-')
		return false;
	return blank ? text[at - 2] == '/' : strchr(" .\t/", text[at - 2]) != NULL;
}

static bool is_in_brackets(const struct stream *stream, size_t first, size_t position)
{
	const char *text = stream->words.text;
	bool open = false;
	for (size_t at = stream_token(stream, first)->start; at < stream_token(stream, position)->start; at++)
		open = text[at] == '(' || (open && text[at] != ')');
	return open;
}

/* What was paid stands last in [FIRST, END), aside from what is told in brackets or was deducted. */
static struct money paid_amount(const struct analysis *analysis, size_t first, size_t end)
{
	const struct stream *stream = &analysis->stream;
	struct money amount = MONEY_NONE;
	for (size_t i = first; i < end; i++) {
		struct money found = amount_at(analysis, i);
		if (money_is_none(found) || stream_token(stream, i)->kind != TOKEN_AMOUNT)
			continue;
		if (!money_is_none(amount) && is_in_brackets(stream, first, i))
			continue;
		if (has_minus_before(stream, i) && found.minor > 0)
			found.minor = -found.minor;
		amount = found;
	}
	return amount;
}

static bool is_ours(const struct analysis *analysis, size_t position)
{
	return references_named(&analysis->references, position) != NULL;
}

/* The document numbers of a line: which of them is meant where none is ours. */
struct codes {
	size_t ours, first, chosen; /* SIZE_MAX for none */
	guint count;
};

/* COLUMN: the number that stands there is theirs of our document ("Our ref  Your ref"). */
static struct codes find_codes(const struct analysis *analysis, struct range line, guint column)
{
	const struct stream *stream = &analysis->stream;
	struct codes codes = {SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
	for (size_t i = line.first; i < line.end; i++) {
		const struct token *token = stream_token(stream, i);
		bool ours = is_ours(analysis, i);
		bool number = token->kind == TOKEN_NUMBER && token->value >= 100 && !in_date(analysis, i);
		if (ours && codes.ours == SIZE_MAX)
			codes.ours = i;
		if (!ours && !number && !stream_has(stream, i, CLASS_CODE))
			continue;
		if (codes.first == SIZE_MAX || (stream_has(stream, i, CLASS_CODE) &&
						   stream_token(stream, codes.first)->kind == TOKEN_NUMBER))
			codes.first = i;
		if (codes.count++ == column)
			codes.chosen = i;
	}
	return codes;
}

/* The place among the numbers of a line at which ours stand. */
static guint column_of_ours(const struct analysis *analysis)
{
	const struct stream *stream = &analysis->stream;
	for (size_t i = 0; i < stream_length(stream);) {
		struct range line = line_of(stream, i);
		struct codes all = find_codes(analysis, line, UINT_MAX);
		if (all.ours != SIZE_MAX && !money_is_none(paid_amount(analysis, line.first, line.end)))
			return find_codes(analysis, (struct range){line.first, all.ours}, UINT_MAX).count;
		i = line.end;
	}
	return 0;
}

/* Several documents on one line, each with its amount after it. */
static bool add_row(const struct analysis *analysis, struct intent *intent, struct range line)
{
	const struct stream *stream = &analysis->stream;
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (size_t i = line.first; i < line.end; i++)
		if (is_ours(analysis, i))
			g_array_append_val(starts, i);
	bool several = starts->len > 1;
	for (guint i = 0; several && i < starts->len; i++) {
		size_t first = g_array_index(starts, size_t, i);
		size_t end = i + 1 < starts->len ? g_array_index(starts, size_t, i + 1) : line.end;
		struct money amount = MONEY_NONE;
		for (size_t k = first + 1; k < end && money_is_none(amount); k++)
			if (stream_token(stream, k)->kind == TOKEN_AMOUNT)
				amount = amount_at(analysis, k);
		amount.minor = llabs(amount.minor); /* "(412.30)" */
		if (!money_is_none(amount))
			add_line(analysis, intent, first, amount);
	}
	g_array_free(starts, TRUE);
	return several;
}

/* A single payment, told in a list of particulars: the one document and the first amount. */
static void fill_single_line(const struct analysis *analysis, struct intent *intent)
{
	const struct stream *stream = &analysis->stream;
	size_t code = SIZE_MAX;
	struct money amount = MONEY_NONE;
	for (size_t i = 0; i < stream_length(stream); i++) {
		if (is_ours(analysis, i) && code == SIZE_MAX)
			code = i;
		if (money_is_none(amount) && stream_token(stream, i)->kind == TOKEN_AMOUNT)
			amount = amount_at(analysis, i);
	}
	if (code != SIZE_MAX && !money_is_none(amount))
		add_line(analysis, intent, code, amount);
}

/* A line with a document number and amounts. */
static void fill_lines(const struct analysis *analysis, struct intent *intent)
{
	const struct stream *stream = &analysis->stream;
	guint column = column_of_ours(analysis);
	for (size_t i = 0; i < stream_length(stream) && intent->lines->len < LINES_MAX;) {
		struct range line = line_of(stream, i);
		i = line.end;
		if (add_row(analysis, intent, line))
			continue;
		struct codes codes = find_codes(analysis, line, column);
		size_t code = codes.ours != SIZE_MAX && codes.ours < line.end ? codes.ours
			      : codes.chosen != SIZE_MAX		      ? codes.chosen
									      : codes.first;
		struct money amount = paid_amount(analysis, line.first, line.end);
		if (code != SIZE_MAX && !money_is_none(amount) &&
		    !(has_class(analysis, line, KNOWN_TOTAL) && codes.ours == SIZE_MAX))
			add_line(analysis, intent, code, amount);
	}
	if (intent->lines->len == 0)
		fill_single_line(analysis, intent);
}

static date_t day_or_subject(const struct analysis *analysis, enum intent_kind kind)
{
	date_t day = day_meant(analysis, kind, day_choose(analysis, kind));
	return day == DATE_NONE ? subject_day(analysis, kind) : day;
}

static void fill_remittance(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    finding_new(analysis, INTENT_REMITTANCE, confidence, best_hit(analysis, INTENT_REMITTANCE));
	g_ptr_array_add(intents, intent);
	intent->date = day_or_subject(analysis, INTENT_REMITTANCE);
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

static void fill_absence(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    finding_new(analysis, INTENT_ABSENCE, confidence, best_hit(analysis, INTENT_ABSENCE));
	g_ptr_array_add(intents, intent);
	fill_contact(analysis, intent);
	intent->until = day_or_subject(analysis, INTENT_ABSENCE);
}

#define VALUES_MAX	16
#define CONTESTED_LEAST 7

/* What 1 in the model's log odds weighs against the strengths of rules. */
#define MODEL_VOTE 3

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

/* The reason or thing, one of the COUNT words from FIRST on, that the rules of KIND and the model speak for
 * most, and the rule that does. */
static const char *best_value(const struct analysis *analysis, enum intent_kind kind, size_t first,
    size_t words, const struct hit **best)
{
	struct candidate candidates[VALUES_MAX];
	size_t count = 0;
	const struct model *model = analysis->stream.lexicon->model;
	if (model && analysis->features) {
		int scores[MODEL_VALUES];
		model_score_values(model, analysis->features, scores);
		for (size_t i = first; i < first + words; i++)
			candidate_for(candidates, &count, model_values[i])->weight = MODEL_VOTE * scores[i];
	}
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		if (hit->rule->kind != kind || !hit->rule->value)
			continue;
		struct candidate *candidate = candidate_for(candidates, &count, hit->rule->value);
		if (!candidate)
			continue;
		candidate->weight += hit_weight(hit) * MODEL_SCALE;
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

/* Words between an amount and one for what is too much or held back: "32.50 too much". */
#define EXCESS_ITEMS 5

static bool is_beside_excess(const struct analysis *analysis, size_t position)
{
	struct range sentence = sentence_of(&analysis->stream, position);
	struct range beside = {MAX(position, sentence.first + EXCESS_ITEMS) - EXCESS_ITEMS,
	    MIN(position + EXCESS_ITEMS, sentence.end)};
	return has_class(analysis, beside, KNOWN_EXCESS);
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
	if (is_beside_excess(analysis, position))
		weight += 6;
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
	const char *reason = best_value(analysis, INTENT_DISPUTE, 0, MODEL_REASONS, &hit);
	struct intent *intent = finding_new(analysis, INTENT_DISPUTE, confidence, hit);
	intent->reason = g_strdup(reason);
	intent->amount = contested_amount(analysis);
	g_ptr_array_add(intents, intent);
}

static void fill_request(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_REQUEST);
	const char *what = best_value(analysis, INTENT_REQUEST, MODEL_REASONS, MODEL_THINGS, &hit);
	struct intent *intent = finding_new(analysis, INTENT_REQUEST, confidence, hit);
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
		payments_fill_promises(analysis, confidence, intents);
		return;
	case INTENT_PAID:
		payments_fill_paid(analysis, confidence, intents);
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
		proposals_fill(analysis, confidence, intents);
		return;
	default:
		break;
	}
	struct intent *intent = finding_new(analysis, kind, confidence, best_hit(analysis, kind));
	if (kind == INTENT_REDIRECT)
		fill_contact(analysis, intent);
	g_ptr_array_add(intents, intent);
}
