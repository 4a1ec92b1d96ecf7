#include "base/base.h"

#include "language/class_set.h"
#include "language/dates.h"

#define FAR_DAYS  250 /* ahead or ago: a day without its year that is as far as this one way ... */
#define NEAR_DAYS 100 /* ... and as near as this the other way is the near one */

/* What the words of one expression say. */
struct parts {
	int64_t day, number, year;
	int month, weekday;
	const struct token *numeric;
	bool number_is_day;
};

/* The day, month, weekday, year and number in [FIRST, FIRST + LENGTH). */
static struct parts collect_parts(const struct stream *stream, size_t first, size_t length)
{
	struct parts parts = {.day = -1, .number = -1};
	for (size_t i = first; i < first + length;) {
		const struct token *token = stream_token(stream, i);
		size_t items = 1;
		int64_t number = stream_number(stream, i, &items);
		int month = stream_month(stream, i), weekday = stream_weekday(stream, i);
		if (token->kind == TOKEN_DATE || token->kind == TOKEN_DECIMAL) {
			if (!parts.numeric)
				parts.numeric = token;
		} else if (number >= 1990 && number < 2100) {
			parts.year = number;
		} else if (number >= 0) {
			if (parts.number < 0)
				parts.number = number;
			else if (month == 0 && parts.year == 0 && parts.month && number >= 20 &&
				 number < 100 && token->kind == TOKEN_NUMBER)
				parts.year = 2000 + number;
			if (number >= 1 && number <= 31 && parts.day < 0)
				parts.day = number;
		}
		if (month && !parts.month && !(number >= 0))
			parts.month = month;
		if (weekday && !parts.weekday)
			parts.weekday = weekday;
		i += items;
	}
	return parts;
}

static date_t nearest(date_t a, date_t b, date_t to)
{
	if (a == DATE_NONE)
		return b;
	if (b == DATE_NONE)
		return a;
	return abs(a - to) <= abs(b - to) ? a : b;
}

/* The day and month of the year that is nearest to SENT; with BACK a day that is not after it, else one not
 * long before. */
static date_t year_guessed(int month, int day, date_t sent, bool back)
{
	int year = date_parts(sent).year;
	date_t this = date_from_parts(year, month, day);
	if (back) {
		if (this != DATE_NONE && this <= sent + 31)
			return this;
		return date_from_parts(year - 1, month, day);
	}
	date_t next = date_from_parts(year + 1, month, day);
	date_t last = date_from_parts(year - 1, month, day);
	date_t best = nearest(nearest(this, next, sent), last, sent);
	if (best != DATE_NONE && best < sent - 75 && next != DATE_NONE)
		return this != DATE_NONE && this >= sent ? this : next;
	return best;
}

static date_t monday_of(date_t date)
{
	return date - ((int)date_weekday(date) - 1);
}

static date_t working_days_after(date_t sent, int64_t days)
{
	date_t date = sent;
	for (int64_t left = MIN(days, 200); left > 0;) {
		date++;
		if (date_weekday(date) <= FRIDAY)
			left--;
	}
	return date;
}

date_t next_working_day(date_t date)
{
	for (;;) {
		struct date_parts parts = date_parts(date);
		bool closed = date_weekday(date) >= SATURDAY || (parts.month == 1 && parts.day == 1) ||
			      (parts.month == 12 && parts.day == 25);
		if (!closed)
			return date;
		date++;
	}
}

static date_t month_day(date_t sent, int months, int day)
{
	struct date_parts parts = date_parts(sent);
	date_t first = date_add_months(date_from_parts(parts.year, parts.month, 1), months);
	parts = date_parts(first);
	return date_from_parts(
	    parts.year, parts.month, MIN(day, date_days_in_month(parts.year, parts.month)));
}

/* The first of a named month: of YEAR, or the one that is not over yet (forward) or begun already (backward).
 */
static void named_month(const struct parts *parts, date_t sent, date_t *forward, date_t *backward)
{
	struct date_parts now = date_parts(sent);
	if (parts->year) {
		*forward = *backward = date_from_parts((int)parts->year, parts->month, 1);
		return;
	}
	*forward = date_from_parts(parts->month >= now.month ? now.year : now.year + 1, parts->month, 1);
	*backward = date_from_parts(parts->month <= now.month ? now.year : now.year - 1, parts->month, 1);
}

static date_t in_month(date_t first, int day)
{
	if (first == DATE_NONE)
		return DATE_NONE;
	return month_day(first, 0, day);
}

static void set_both(struct date_found *found, date_t date)
{
	found->forward = found->backward = date;
	found->exact = true;
}

static void reckon_day_month(struct date_found *found, int day, int month, int year, date_t sent)
{
	if (year) {
		set_both(found, date_from_parts(year, month, day));
		return;
	}
	found->forward = year_guessed(month, day, sent, false);
	found->backward = year_guessed(month, day, sent, true);
	found->exact = found->forward == found->backward;
}

static void reckon_day(struct date_found *found, int64_t day, date_t sent)
{
	int now = date_parts(sent).day;
	found->bare_day = true;
	found->forward = month_day(sent, day >= now ? 0 : 1, (int)day);
	found->backward = month_day(sent, day <= now ? 0 : -1, (int)day);
}

/* Weekdays: 0 the coming or last one, 1 that of next week, -1 the last one, 2 the one after the coming one.
 */
static void reckon_weekday(struct date_found *found, int weekday, int argument, date_t sent)
{
	int ahead = (weekday - (int)date_weekday(sent) + 7) % 7;
	date_t coming = sent + (ahead ? ahead : 7);
	date_t last = sent - (ahead ? 7 - ahead : 7);
	switch (argument) {
	case 0:
		found->forward = coming;
		found->backward = last;
		break;
	case 1:
		set_both(found, coming);
		break;
	case 2:
		set_both(found, coming + 7);
		break;
	case 3:
		set_both(found, monday_of(sent) + 7 + weekday - 1);
		break;
	default:
		set_both(found, last);
		break;
	}
}

static date_t months_after(date_t sent, int64_t months)
{
	return date_add_months(sent, (int)CLAMP(months, -120, 120));
}

/* A number of the pattern, or the constant of the rule. */
static int64_t count_of(const struct parts *parts, int argument)
{
	int sign = argument < 0 ? -1 : 1;
	if (parts->number >= 0)
		return sign * MIN(parts->number, 1000);
	return argument;
}

static void reckon_iso_week(struct date_found *found, const struct parts *parts, date_t sent)
{
	int year;
	date_iso_week(sent, &year);
	if (parts->year)
		year = (int)parts->year;
	date_t this = date_of_iso_week(year, (int)parts->number);
	if (this == DATE_NONE)
		return;
	date_t next = date_of_iso_week(year + 1, (int)parts->number);
	found->forward = this + 4 < sent - 28 && next != DATE_NONE && !parts->year ? next : this;
	date_t last = date_of_iso_week(year - 1, (int)parts->number);
	found->backward = this > sent + 6 && last != DATE_NONE && !parts->year ? last : this;
	found->forward += parts->weekday ? parts->weekday - 1 : 4;
	found->backward += parts->weekday ? parts->weekday - 1 : 4;
	found->vague = !parts->weekday;
}

static void reckon_named(struct date_found *found, const struct parts *parts, date_t sent, int day)
{
	date_t forward, backward;
	named_month(parts, sent, &forward, &backward);
	if (forward != DATE_NONE && in_month(forward, day) < sent && !parts->year &&
	    date_parts(sent).month == parts->month && day < 28)
		forward = in_month(forward, 31) >= sent ? forward : date_add_months(forward, 12);
	found->forward = in_month(forward, day);
	found->backward = in_month(backward, day);
	found->vague = true;
}

/* A day so many days from Easter Sunday: the coming one, and the last one. */
static void reckon_easter(struct date_found *found, int days, date_t sent)
{
	int year = date_parts(sent).year;
	date_t this = date_easter(year) + days;
	found->forward = this >= sent ? this : date_easter(year + 1) + days;
	found->backward = this <= sent ? this : date_easter(year - 1) + days;
}

static date_t end_of_quarter(date_t sent, int more)
{
	struct date_parts parts = date_parts(sent);
	int month = (parts.month - 1) / 3 * 3 + 3;
	return date_end_of_month(date_add_months(date_from_parts(parts.year, month, 1), 3 * more));
}

static void reckon(struct date_found *found, const struct date_rule *rule, const struct parts *parts,
    date_t sent, date_t due)
{
	int argument = rule->argument;
	found->vague = rule->action >= DATE_END_OF_MONTH && rule->action <= DATE_END_OF_QUARTER &&
		       rule->action != DATE_DAY_OF_MONTH && rule->action != DATE_WEEKDAY_OF_WEEK;
	switch (rule->action) {
	case DATE_DAY_MONTH:
		if (parts->day > 0 && parts->month)
			reckon_day_month(found, (int)parts->day, parts->month, (int)parts->year, sent);
		break;
	case DATE_NUMERIC:
		if (parts->numeric)
			reckon_day_month(
			    found, parts->numeric->day, parts->numeric->month, parts->numeric->year, sent);
		break;
	case DATE_DAY:
	case DATE_WEEKDAY_DAY:
		if (parts->day > 0)
			reckon_day(found, parts->day, sent);
		break;
	case DATE_WEEKDAY:
		if (parts->weekday)
			reckon_weekday(found, parts->weekday, argument, sent);
		break;
	case DATE_OFFSET:
		set_both(found, sent + argument);
		break;
	case DATE_DAYS:
		set_both(found, sent + (date_t)count_of(parts, argument));
		break;
	case DATE_WORKDAYS:
		set_both(found, working_days_after(sent, count_of(parts, argument)));
		break;
	case DATE_WEEKS:
		set_both(found, sent + 7 * (date_t)count_of(parts, argument));
		break;
	case DATE_MONTHS:
		set_both(found, months_after(sent, count_of(parts, argument)));
		break;
	case DATE_END_OF_MONTH:
		found->forward = month_day(sent, argument, 31);
		found->backward = argument == 0 ? month_day(sent, -1, 31) : found->forward;
		break;
	case DATE_MIDDLE_OF_MONTH:
		set_both(found, month_day(sent, argument, 15));
		break;
	case DATE_START_OF_MONTH:
		set_both(found, month_day(sent, argument, 5));
		break;
	case DATE_DAY_OF_MONTH:
		if (parts->day > 0)
			set_both(found, month_day(sent, argument, (int)parts->day));
		break;
	case DATE_END_OF_NAMED_MONTH:
	case DATE_NAMED_MONTH:
		if (parts->month)
			reckon_named(found, parts, sent, 31);
		break;
	case DATE_MIDDLE_OF_NAMED_MONTH:
		if (parts->month)
			reckon_named(found, parts, sent, 15);
		break;
	case DATE_START_OF_NAMED_MONTH:
		if (parts->month)
			reckon_named(found, parts, sent, argument ? argument : 5);
		break;
	case DATE_HALF_MONTH:
		if (parts->month)
			reckon_named(found, parts, sent, argument == 1 ? 15 : 31);
		else
			set_both(found, month_day(sent, 0, argument == 1 ? 15 : 31));
		break;
	case DATE_WEEK:
		set_both(found, monday_of(sent) + 7 * argument + 4);
		break;
	case DATE_MONDAY_OF_WEEK:
		set_both(found, monday_of(sent) + 7 * argument);
		break;
	case DATE_ISO_WEEK:
		if (parts->number >= 1 && parts->number <= 53)
			reckon_iso_week(found, parts, sent);
		break;
	case DATE_WEEKDAY_OF_WEEK:
		if (parts->weekday)
			set_both(found, monday_of(sent) + 7 * argument + parts->weekday - 1);
		break;
	case DATE_FIXED:
		reckon_day_month(found, argument % 100, argument / 100, (int)parts->year, sent);
		break;
	case DATE_EASTER:
		if (parts->year)
			set_both(found, date_easter((int)parts->year) + argument);
		else
			reckon_easter(found, argument, sent);
		break;
	case DATE_DUE:
		found->forward = found->backward = due;
		found->exact = true;
		break;
	case DATE_END_OF_YEAR:
		set_both(found, date_from_parts(date_parts(sent).year + argument, 12, 31));
		break;
	case DATE_END_OF_QUARTER:
		set_both(found, end_of_quarter(sent, argument));
		break;
	default:
		break;
	}
	if (parts->weekday && (rule->action == DATE_WEEKDAY_DAY) && found->forward != DATE_NONE) {
		/* "Friday 15": the month in which the 15th is a Friday decides */
		for (int months = -1; months <= 12; months++) {
			date_t date = month_day(sent, months, (int)parts->day);
			if (date_parts(date).day == parts->day && (int)date_weekday(date) == parts->weekday) {
				if (date >= sent || months < 0)
					*(date >= sent ? &found->forward : &found->backward) = date;
				if (date >= sent)
					break;
			}
		}
	}
}

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

/* The rule whose match at POSITION is the longest; its length in LENGTH. */
static const struct date_rule *longest_rule(const struct stream *stream, const GArray *rules,
    const GPtrArray *by_class, size_t position, const struct reach *reach, size_t *length)
{
	const struct date_rule *best = NULL;
	*length = 0;
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	for (uint32_t a = starts[position]; a < starts[position + 1]; a++) {
		const GArray *list =
		    by_class->pdata[g_array_index(stream->annotations, struct annotation, a).class];
		for (guint i = 0; list && i < list->len; i++) {
			const struct listed_sequence *listed =
			    &g_array_index(list, struct listed_sequence, i);
			if (!class_set_has(&reach->present, listed->needed))
				continue;
			const struct date_rule *rule = &g_array_index(rules, struct date_rule, listed->rule);
			size_t items = stream_match(stream, &rule->pattern, position, reach->limit, true);
			if (items > *length) {
				*length = items;
				best = rule;
			}
		}
	}
	return best;
}

static void annotate_date(struct stream *stream, const struct date_found *found, date_t sent)
{
	size_t position = found->position, length = found->length;
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
	bool future = found->exact ? found->forward > sent : found->forward >= sent;
	bool past = found->exact ? found->forward < sent : found->backward < sent;
	/* "in January", written in March: nobody speaks of the far one without its year */
	if (future && past && found->forward - sent > FAR_DAYS && sent - found->backward < NEAR_DAYS)
		future = false;
	if (future && past && sent - found->backward > FAR_DAYS && found->forward - sent < NEAR_DAYS)
		past = false;
	if (future)
		stream_annotate(stream, position, CLASS_FUTURE, length);
	if (past)
		stream_annotate(stream, position, CLASS_PAST, length);
}

/* An expression that begins inside this one and reaches beyond it: "for October" and "October 1st". */
static bool longer_inside(
    const struct stream *stream, size_t position, size_t length, const struct reach *reach)
{
	const struct language *language = stream->language;
	for (size_t i = position + 1; i < position + length && i < position + 4; i++) {
		size_t other;
		if (longest_rule(stream, language->dates, language->dates_by_class, i, reach, &other) &&
		    i + other > position + length)
			return true;
	}
	return false;
}

static GArray *first_pass(struct stream *stream, date_t sent, date_t due)
{
	GArray *dates = g_array_new(FALSE, FALSE, sizeof(struct date_found));
	const struct language *language = stream->language;
	size_t count = stream_length(stream);
	struct reach reach;
	reach_init(&reach, stream);
	for (size_t i = 0; i < count && dates->len < DATES_MAX;) {
		size_t length;
		reach_move(&reach, stream, i);
		const struct date_rule *rule =
		    longest_rule(stream, language->dates, language->dates_by_class, i, &reach, &length);
		if (!rule || longer_inside(stream, i, length, &reach)) {
			i++;
			continue;
		}
		struct date_found found = {.position = (uint32_t)i,
		    .length = (uint32_t)length,
		    .forward = DATE_NONE,
		    .backward = DATE_NONE,
		    .period = rule->action == DATE_PERIOD};
		struct parts parts = collect_parts(stream, i, length);
		if (sent != DATE_NONE || (parts.year && parts.month))
			reckon(&found, rule, &parts, sent != DATE_NONE ? sent : 0, due);
		if (rule->action != DATE_IGNORE && (found.period || found.forward != DATE_NONE))
			g_array_append_val(dates, found);
		i += length;
	}
	class_set_clear(&reach.present);
	return dates;
}

/* Dates inside [FIRST, END) of DATES, from INDEX on. */
static guint last_inside(const GArray *dates, guint index, size_t end)
{
	while (index + 1 < dates->len && g_array_index(dates, struct date_found, index + 1).position < end)
		index++;
	return index;
}

static void change(struct date_found *date, const struct date_rule *rule)
{
	switch (rule->action) {
	case DATE_BEFORE:
		if (date->forward != DATE_NONE && !date->vague) {
			date->forward--;
			date->backward--;
		}
		break;
	case DATE_UNTIL:
		date->until = true;
		break;
	default:
		break;
	}
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
		const struct date_rule *rule =
		    longest_rule(stream, language->later_dates, language->later_by_class, i, &reach, &length);
		bool covers = rule && i + length > date->position;
		if (covers) {
			guint last = last_inside(dates, next, i + length);
			struct date_found whole = g_array_index(dates, struct date_found, last);
			whole.position = (uint32_t)i;
			whole.length = (uint32_t)length;
			change(&whole, rule);
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

static void annotate_dates(struct stream *stream, const GArray *dates, date_t sent)
{
	for (guint i = 0; i < dates->len; i++)
		annotate_date(stream, &g_array_index(dates, struct date_found, i), sent);
	stream_sort(stream);
}

GArray *dates_find(struct stream *stream, date_t sent, date_t due)
{
	if (!stream->language)
		return g_array_new(FALSE, FALSE, sizeof(struct date_found));
	GArray *dates = first_pass(stream, sent, due);
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		stream_annotate(
		    stream, date->position, date->period ? CLASS_PERIOD : CLASS_DATE, date->length);
	}
	stream_sort(stream);
	dates = second_pass(stream, dates);
	annotate_dates(stream, dates, sent);
	return dates;
}
