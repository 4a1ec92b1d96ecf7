#include "base/base.h"

#include "language/class_set.h"
#include "language/day_order.h"
#include "language/reckon.h"

#define FAR_DAYS    250 /* ahead or ago: a day without its year that is as far as this one way ... */
#define NEAR_ITEMS  40	/* words from one day to the one that is reckoned from it */
#define MONTH_ITEMS 25	/* words from a month that is spoken of to a day in it */
#define OTHER_ITEMS 6	/* words from the beginning of an expression to a bare day in it */
#define BARE_BESIDE 4	/* where a text has more other days, a bare one is none */
#define BARE_MAX    4	/* a text that has more of them speaks of something else */
#define ALWAYS_DAYS 75	/* from the message to a 24/7 that is a day all the same */
#define NEAR_DAYS   100 /* ... and as near as this the other way is the near one */

/* The sentence at hand with its classes: a rule whose rarest class is not among them is none of its own. */
struct reach {
	uint32_t sentence;
	size_t limit; /* its end */
	struct class_set present;
};

static void reach_init(struct reach *reach, const struct stream *stream)
{
	reach->sentence = UINT32_MAX;
	class_set_init(&reach->present, stream->lexicon);
}

/* To the sentence of POSITION. */
static void reach_move(struct reach *reach, const struct stream *stream, size_t position)
{
	uint32_t index = stream_item(stream, position)->sentence;
	if (index == reach->sentence)
		return;
	const struct sentence *sentence = stream_sentence(stream, index);
	reach->sentence = index;
	reach->limit = sentence->end;
	class_set_fill(&reach->present, stream, sentence->first, sentence->end);
}

/* The rule whose match at POSITION, not beyond LIMIT, is the longest; its length in LENGTH. */
static const struct date_rule *longest_rule(const struct stream *stream, const GArray *rules,
    const struct class_lists *lists, enum class_use use, size_t position, const struct reach *reach,
    size_t limit, size_t *length)
{
	const struct date_rule *best = NULL;
	*length = 0;
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	for (uint32_t a = starts[position]; a < starts[position + 1]; a++) {
		if (!(all[a].uses & use))
			continue;
		uint32_t end = lists->starts[all[a].class + 1];
		for (uint32_t i = lists->starts[all[a].class]; i < end; i++) {
			const struct listed_pattern *listed = &lists->all[i];
			if (!class_set_suits(&reach->present, listed))
				continue;
			const struct date_rule *rule = &g_array_index(rules, struct date_rule, listed->rule);
			size_t items = stream_match(stream, &rule->pattern, position, limit, true);
			if (items > *length) {
				*length = items;
				best = rule;
			}
		}
	}
	return best;
}

/* Of a day that can be both: nobody speaks of the far one without its year ("in January", written in March).
 */
static bool is_too_far(date_t far, date_t near, date_t sent)
{
	return far != DATE_NONE && near != DATE_NONE && abs(far - sent) > FAR_DAYS &&
	       abs(sent - near) < NEAR_DAYS;
}

bool date_is_to_come(const struct date_found *found, date_t sent)
{
	if (found->forward == DATE_NONE || sent == DATE_NONE)
		return false;
	if (found->exact)
		return found->forward > sent;
	return found->forward >= sent &&
	       !(found->backward < sent && is_too_far(found->forward, found->backward, sent));
}

static bool is_past(const struct date_found *found, date_t sent)
{
	if (found->exact)
		return found->forward < sent;
	return found->backward != DATE_NONE && found->backward < sent &&
	       !(found->forward >= sent && is_too_far(found->backward, found->forward, sent));
}

static void annotate_date(struct stream *stream, const struct date_found *found, date_t sent)
{
	size_t position = found->position, length = found->length;
	if (found->lasts > 0)
		return;
	if (found->period) {
		stream_annotate(stream, position, CLASS_PERIOD, length);
		return;
	}
	stream_annotate(stream, position, CLASS_DATE, length);
	if (found->until)
		stream_annotate(stream, position, CLASS_UNTIL, length);
	if (found->forward == DATE_NONE)
		return;
	if (found->forward == sent && found->exact)
		stream_annotate(stream, position, CLASS_TODAY, length);
	bool future = date_is_to_come(found, sent), past = is_past(found, sent);
	if (future)
		stream_annotate(stream, position, CLASS_FUTURE, length);
	if (past)
		stream_annotate(stream, position, CLASS_PAST, length);
}

/* A day in a month, or a part of it: complete in itself. */
static bool names_month(const struct date_rule *rule)
{
	return rule->action == DATE_DAY_MONTH || rule->action == DATE_NAMED_MONTH ||
	       rule->action == DATE_END_OF_NAMED_MONTH || rule->action == DATE_MIDDLE_OF_NAMED_MONTH ||
	       rule->action == DATE_START_OF_NAMED_MONTH;
}

/* Where an expression begins inside this one by RULE that reaches beyond it ("for October" and "October
 * 1st"); 0: none, as in "31 May, 28 June" and "end August, end September". */
static size_t longer_inside(const struct stream *stream, const struct date_rule *rule, size_t position,
    size_t length, const struct reach *reach)
{
	const struct language *language = stream->language;
	size_t end = position + length;
	if (rule->action == DATE_DAY_MONTH || end >= reach->limit)
		return 0;
	bool comma = stream_item(stream, end)->after_comma;
	for (size_t i = position + 1; i < end && i < position + 4; i++) {
		size_t other;
		const struct date_rule *inside = longest_rule(stream, language->dates,
		    &language->dates_by_class, USE_DATE, i, reach, reach->limit, &other);
		if (inside && i + other > end && !(inside->action == DATE_IGNORE && names_month(rule)) &&
		    (!comma || (!names_month(rule) && inside->action != DATE_ISO_WEEK)))
			return i;
	}
	return 0;
}

/* The expression that begins at POSITION and leaves a longer one inside it alone. */
static const struct date_rule *rule_at(
    const struct stream *stream, size_t position, const struct reach *reach, size_t *length)
{
	const struct language *language = stream->language;
	const struct date_rule *rule = longest_rule(stream, language->dates, &language->dates_by_class,
	    USE_DATE, position, reach, reach->limit, length);
	size_t inside = rule ? longer_inside(stream, rule, position, *length, reach) : 0;
	if (inside == 0)
		return rule;
	return longest_rule(
	    stream, language->dates, &language->dates_by_class, USE_DATE, position, reach, inside, length);
}

/* The day that an expression at POSITION goes on from: the last one, where it stands near. */
static const struct date_found *named_before(const GArray *dates, size_t position)
{
	for (guint i = dates->len; i-- > 0;) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		if (position - date->position > NEAR_ITEMS)
			break;
		if (!date->period && !date->at_once)
			return date;
	}
	return NULL;
}

/* "15 March, April and May": a month that follows a day has the same one. */
static void repeat_in_month(const struct stream *stream, GArray *dates, size_t position)
{
	int month = dates->len > 0 ? stream_month(stream, position) : 0;
	if (month == 0)
		return;
	const struct date_found *last = &g_array_index(dates, struct date_found, dates->len - 1);
	size_t end = last->position + last->length;
	if (position > end + 1 || !last->of_month || last->forward == DATE_NONE ||
	    stream_item(stream, last->position)->sentence != stream_item(stream, position)->sentence)
		return;
	int months = (month - date_parts(last->forward).month + 12) % 12;
	if (months == 0)
		return;
	struct date_found next = *last;
	next.position = (uint32_t)position;
	next.length = 1;
	bool ends = last->forward == date_end_of_month(last->forward);
	next.forward = date_add_months(last->forward, months);
	if (ends)
		next.forward = date_end_of_month(next.forward);
	next.backward = next.forward;
	g_array_append_val(dates, next);
}

static bool comma_inside(const struct stream *stream, size_t position, size_t length)
{
	for (size_t i = position + 1; i < position + length; i++)
		if (stream_item(stream, i)->after_comma)
			return true;
	return false;
}

/* A date, or what is none by a rule ("your invoice of 3 May"), begins before POSITION and reaches beyond it.
 */
static bool inside_another(const struct stream *stream, const struct reach *reach, size_t position)
{
	const struct language *language = stream->language;
	for (size_t i = position;
	     i-- > 0 && position - i <= OTHER_ITEMS && stream_item(stream, i)->sentence == reach->sentence;) {
		size_t length;
		if (longest_rule(stream, language->dates, &language->dates_by_class, USE_DATE, i, reach,
			reach->limit, &length) &&
		    i + length > position)
			return true;
	}
	return false;
}

static bool overlaps(const GArray *dates, size_t position, size_t length)
{
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		if (date->position < position + length && position < date->position + date->length)
			return true;
	}
	return false;
}

GArray *dates_find_bare(const struct stream *stream, const struct date_base *base, const GArray *dates)
{
	const struct language *language = stream->language;
	GArray *bare = g_array_new(FALSE, FALSE, sizeof(struct date_found));
	if (!language || language->maybe_dates->len == 0 || base->sent == DATE_NONE ||
	    dates->len > BARE_BESIDE)
		return bare;
	struct reach reach;
	reach_init(&reach, stream);
	for (size_t i = 0; i < stream_length(stream) && bare->len < BARE_MAX;) {
		size_t length;
		reach_move(&reach, stream, i);
		const struct date_rule *rule = longest_rule(stream, language->maybe_dates,
		    &language->maybe_by_class, USE_MAYBE, i, &reach, reach.limit, &length);
		struct date_found found = {.position = (uint32_t)i,
		    .length = (uint32_t)length,
		    .forward = DATE_NONE,
		    .backward = DATE_NONE,
		    .bare = true};
		if (rule && rule->action != DATE_IGNORE && !overlaps(dates, i, length) &&
		    !inside_another(stream, &reach, i))
			reckon(&found, stream, rule, base, NULL);
		if (found.forward != DATE_NONE)
			g_array_append_val(bare, found);
		i += rule ? length : 1;
	}
	class_set_clear(&reach.present);
	return bare;
}

/* "We are there 24/7": a 24 July is named by these numbers alone only when it is near. */
static bool means_always(const struct stream *stream, const struct date_found *date, date_t sent)
{
	return date->length == 1 && day_is_always(stream_token(stream, date->position)) &&
	       sent != DATE_NONE && date->forward != DATE_NONE && date->forward > sent + ALWAYS_DAYS &&
	       date->backward < sent - ALWAYS_DAYS;
}

/* "S26 is paid": the number of a document of ours, though it looks like a week. */
static bool is_document(const struct stream *stream, size_t position, size_t length)
{
	for (size_t i = position; i < position + length; i++)
		if (stream_token(stream, i)->kind == TOKEN_CODE && stream_has(stream, i, CLASS_OURS))
			return true;
	return false;
}

static GArray *first_pass(struct stream *stream, const struct date_base *base)
{
	GArray *dates = g_array_new(FALSE, FALSE, sizeof(struct date_found));
	size_t count = stream_length(stream);
	struct reach reach;
	reach_init(&reach, stream);
	for (size_t i = 0; i < count && dates->len < DATES_MAX;) {
		size_t length;
		reach_move(&reach, stream, i);
		const struct date_rule *rule = rule_at(stream, i, &reach, &length);
		if (rule && rule->action == DATE_ISO_WEEK && is_document(stream, i, length))
			rule = NULL;
		if (rule && rule->action == DATE_IGNORE && comma_inside(stream, i, length))
			rule = NULL; /* "we pay June invoices: 31 July" */
		if (!rule) {
			repeat_in_month(stream, dates, i);
			i++;
			continue;
		}
		struct date_found found = {.position = (uint32_t)i,
		    .length = (uint32_t)length,
		    .forward = DATE_NONE,
		    .backward = DATE_NONE,
		    .period = rule->action == DATE_PERIOD || rule->action == DATE_LASTING};
		reckon(&found, stream, rule, base, named_before(dates, i));
		if (rule->action != DATE_IGNORE && (found.period || found.forward != DATE_NONE) &&
		    !means_always(stream, &found, base->sent))
			g_array_append_val(dates, found);
		i += length;
	}
	class_set_clear(&reach.present);
	return dates;
}

/* "on 1 and 15 April": the first one is of the same month. */
static void share_months(const struct stream *stream, GArray *dates)
{
	for (guint i = 0; i + 1 < dates->len; i++) {
		struct date_found *date = &g_array_index(dates, struct date_found, i);
		const struct date_found *next = &g_array_index(dates, struct date_found, i + 1);
		size_t end = date->position + date->length;
		if (!date->bare_day || next->bare_day || !next->calendar || next->forward == DATE_NONE ||
		    next->position > end + 2 ||
		    stream_item(stream, next->position)->sentence !=
			stream_item(stream, date->position)->sentence)
			continue;
		struct date_parts own = date_parts(date->forward), month = date_parts(next->forward);
		date_t day = date_from_parts(month.year, month.month, own.day);
		if (day == DATE_NONE || own.day >= month.day)
			continue;
		date->backward =
		    next->backward == DATE_NONE ? DATE_NONE : day + (next->backward - next->forward);
		date->forward = day;
		date->exact = next->exact;
		date->bare_day = false;
		date->calendar = true;
	}
}

/* "The cheques come at the end of June, could it wait till the 28th?": a day without its month goes with the
 * month to come that was spoken of last. */
static void carry_months(const struct stream *stream, GArray *dates, date_t sent)
{
	for (guint i = 1; i < dates->len; i++) {
		struct date_found *date = &g_array_index(dates, struct date_found, i);
		const struct date_found *last = &g_array_index(dates, struct date_found, i - 1);
		if (!date->bare_day || !last->of_month || last->forward == DATE_NONE ||
		    last->forward <= date->forward || date->forward == DATE_NONE ||
		    date->position - last->position > MONTH_ITEMS ||
		    stream_item(stream, date->position)->sentence >
			stream_item(stream, last->position)->sentence + 1)
			continue;
		struct date_parts own = date_parts(date->forward), month = date_parts(last->forward);
		date_t day = date_from_parts(month.year, month.month, own.day);
		if (day == DATE_NONE || day <= sent || (!last->vague && day <= last->forward))
			continue;
		date->forward = day;
		date->bare_day = false;
		date->of_month = true;
	}
}

/* "the day after, Friday", "on the 2nd, the Monday": DATE is the day that is named just before it. */
static bool is_same_day(const struct date_found *last, const struct date_found *date)
{
	return date->position <= last->position + last->length + 3 &&
	       (int)date_weekday(last->forward) == date->weekday && last->forward == last->backward;
}

/* "The first half went on the 9th": the words around DATE, up to END and no further than a comma, tell what
 * is over. */
static bool said_as_past(const struct stream *stream, const struct date_found *date, size_t end)
{
	const class_id *known = stream->lexicon->known;
	size_t first = stream_sentence(stream, stream_item(stream, date->position)->sentence)->first;
	size_t comma = date->position + date->length;
	while (comma < end && !stream_item(stream, comma)->after_comma)
		comma++;
	return date->bare_day &&
	       (stream_has_within(stream, first, comma, known[KNOWN_PAID]) ||
		   stream_has_within(stream, first, comma, known[KNOWN_SENT])) &&
	       !stream_has_within(stream, first, comma, known[KNOWN_FUTURE]);
}

/* "They settle on the 25th, on Monday I pay you": a weekday after a day to come in the same sentence is the
 * next one after it. */
static void carry_weekdays(const struct stream *stream, GArray *dates, date_t sent)
{
	class_id negation = stream->lexicon->known[KNOWN_NEGATION];
	for (guint i = 1; i < dates->len; i++) {
		struct date_found *date = &g_array_index(dates, struct date_found, i);
		const struct date_found *last = &g_array_index(dates, struct date_found, i - 1);
		if (date->weekday == 0 || date->exact || last->vague || last->period ||
		    last->forward == DATE_NONE || last->weekday > 0 ||
		    date->position - last->position > MONTH_ITEMS ||
		    stream_item(stream, date->position)->sentence !=
			stream_item(stream, last->position)->sentence ||
		    stream_has_within(stream, last->position + last->length, date->position, negation) ||
		    said_as_past(stream, last, date->position))
			continue;
		int weekday = date->weekday - (int)date_weekday(last->forward);
		if ((last->calendar || last->follows) && is_same_day(last, date))
			date->forward = date->backward = last->forward;
		else if (!last->exact && last->forward >= date->forward && last->forward <= sent + 60)
			date->forward = weekday == 0 && date->position <= last->position + last->length + 3
					    ? last->forward
					    : last->forward + (weekday + 6) % 7 + 1;
	}
}

/* Dates inside [FIRST, END) of DATES, from INDEX on. */
static guint last_inside(const GArray *dates, guint index, size_t end)
{
	while (index + 1 < dates->len && g_array_index(dates, struct date_found, index + 1).position < end)
		index++;
	return index;
}

static void carry_days(const struct stream *stream, GArray *dates, date_t sent)
{
	carry_months(stream, dates, sent);
	carry_weekdays(stream, dates, sent);
}

/* A word before the day belongs to it: no comma parts them ("the one after, the 20th"). */
static bool parted(const struct stream *stream, size_t first, const struct date_found *date)
{
	for (size_t i = first + 1; i <= date->position; i++)
		if (stream_item(stream, i)->after_comma)
			return true;
	return false;
}

static bool moves_a_day(const struct date_rule *rule)
{
	return rule->action == DATE_AFTER || rule->action == DATE_BEFORE || rule->action == DATE_NEXT_DAY ||
	       rule->action == DATE_DAYS_AFTER || rule->action == DATE_WEEKDAY_AFTER ||
	       rule->action == DATE_WEEKDAY_BEFORE;
}

/* The first number in [FIRST, END) ("three weeks after the 4th"), or the first weekday where RULE is about
 * that; -1 for none. */
static int64_t count_before(
    const struct stream *stream, const struct date_rule *rule, size_t first, size_t end)
{
	int64_t count = -1;
	for (size_t i = first; i < end && count < 0; i++) {
		size_t items;
		if (rule->action != DATE_WEEKDAY_AFTER && rule->action != DATE_WEEKDAY_BEFORE)
			count = stream_number(stream, i, &items);
		else if (stream_weekday(stream, i))
			count = stream_weekday(stream, i);
	}
	return count;
}

/* Expressions around dates: "before …", "until … inclusive", "from … to …". */
static GArray *second_pass(struct stream *stream, GArray *dates)
{
	const struct language *language = stream->language;
	GArray *result = g_array_new(FALSE, FALSE, sizeof(struct date_found));
	guint next = 0;
	size_t count = stream_length(stream);
	struct reach reach;
	reach_init(&reach, stream);
	for (size_t i = 0; i < count && next < dates->len;) {
		while (next < dates->len && g_array_index(dates, struct date_found, next).position < i)
			next++;
		if (next == dates->len)
			break;
		const struct date_found *date = &g_array_index(dates, struct date_found, next);
		size_t length;
		uint32_t sentence = stream_item(stream, i)->sentence;
		if (sentence != stream_item(stream, date->position)->sentence) {
			i = stream_sentence(stream, sentence)->end; /* there is none in it */
			continue;
		}
		reach_move(&reach, stream, i);
		const struct date_rule *rule = longest_rule(stream, language->later_dates,
		    &language->later_by_class, USE_LATER, i, &reach, reach.limit, &length);
		bool covers = rule && i + length > date->position &&
			      !(moves_a_day(rule) && parted(stream, i,
							 &g_array_index(dates, struct date_found,
							     last_inside(dates, next, i + length))));
		if (covers) {
			guint last = last_inside(dates, next, i + length);
			struct date_found whole = g_array_index(dates, struct date_found, last);
			size_t starts = whole.position;
			whole.position = (uint32_t)i;
			whole.length = (uint32_t)length;
			reckon_change(&whole, rule, count_before(stream, rule, i, starts));
			if (rule->action != DATE_IGNORE)
				g_array_append_val(result, whole);
			next = last + 1;
			i += length;
		} else if (date->position == i) {
			g_array_append_val(result, *date);
			i += date->length;
			next++;
		} else {
			i++;
		}
	}
	class_set_clear(&reach.present);
	g_array_free(dates, TRUE);
	return result;
}

/* A dash on one line just before the item at POSITION. */
static bool dash_before(const struct stream *stream, size_t position)
{
	uint32_t from = stream_token(stream, position - 1)->end, to = stream_token(stream, position)->start;
	if (from >= to)
		return false;
	const char *text = stream->words.text;
	size_t length = to - from;
	return !memchr(text + from, '\n', length) &&
	       (memchr(text + from, '-', length) || g_strstr_len(text + from, (gssize)length, "–") ||
		   g_strstr_len(text + from, (gssize)length, "—") ||
		   g_strstr_len(text + from, (gssize)length, "→"));
}

/* A dash between the days A and B: "24/07 - 07/08". */
static bool dash_between(const struct stream *stream, const struct date_found *a, const struct date_found *b)
{
	return a->position + a->length == b->position && dash_before(stream, b->position);
}

/* "July 7 - 17": the day behind the dash is of the same month. */
static void join_number(const struct stream *stream, struct date_found *date)
{
	size_t next = date->position + date->length;
	if (!date->calendar || !date->of_month || date->until || date->vague || date->length != 2 ||
	    date->forward == DATE_NONE || date->backward == DATE_NONE || next >= stream_length(stream) ||
	    stream_token(stream, next)->kind != TOKEN_NUMBER || !stream_month(stream, date->position) ||
	    !dash_before(stream, next))
		return;
	struct date_parts parts = date_parts(date->forward);
	int64_t day = stream_token(stream, next)->value;
	if (day <= parts.day || day > date_parts(date_end_of_month(date->forward)).day)
		return;
	date->forward += (date_t)(day - parts.day);
	date->backward += (date_t)(day - parts.day);
	date->length++;
	date->until = true;
}

/* "3. - 21. August", "from 3 - 21 August": the number before DATE is the day when it begins. */
static bool begins_before(const struct stream *stream, const struct date_found *date)
{
	size_t position = date->position;
	if (!date->calendar || date->vague || position < 1 || date->forward == DATE_NONE ||
	    !dash_before(stream, position))
		return false;
	const struct token *token = stream_token(stream, position - 1);
	if (token->kind != TOKEN_NUMBER || token->value < 1 || token->value >= date_parts(date->forward).day)
		return false;
	return token->ordinal || stream->words.text[token->end] == '.' ||
	       (position > 1 &&
		   language_node(stream->language, stream_item(stream, position - 2)->node)->plain);
}

/* Two days with a dash between them are a time that lasts; three are a list. */
static void join_dashed(const struct stream *stream, GArray *dates)
{
	for (guint i = 0; i < dates->len; i++) {
		struct date_found *date = &g_array_index(dates, struct date_found, i);
		bool last = i + 1 == dates->len;
		if (last || date[1].position > date->position + date->length)
			join_number(stream, date);
		date->until |= begins_before(stream, date);
		if (i == 0 || !date->calendar || !date[-1].calendar || date[-1].forward >= date->forward ||
		    !dash_between(stream, date - 1, date))
			continue;
		bool list = (i > 1 && dash_between(stream, date - 2, date - 1)) ||
			    (!last && dash_between(stream, date, date + 1));
		date->until |= !list;
	}
}

static void annotate_dates(struct stream *stream, const GArray *dates, date_t sent)
{
	for (guint i = 0; i < dates->len; i++)
		annotate_date(stream, &g_array_index(dates, struct date_found, i), sent);
	stream_sort(stream);
}

GArray *dates_find(struct stream *stream, const struct date_base *base)
{
	if (!stream->language)
		return g_array_new(FALSE, FALSE, sizeof(struct date_found));
	GArray *dates = first_pass(stream, base);
	share_months(stream, dates);
	if (base->sent != DATE_NONE)
		carry_days(stream, dates, base->sent);
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		if (date->lasts == 0)
			stream_annotate(
			    stream, date->position, date->period ? CLASS_PERIOD : CLASS_DATE, date->length);
	}
	stream_sort(stream);
	dates = second_pass(stream, dates);
	join_dashed(stream, dates);
	annotate_dates(stream, dates, base->sent);
	return dates;
}
