#include "base/base.h"

#include "language/month_days.h"
#include "language/reckon.h"
#include "language/written_parts.h"

/* Days from the message at which 9/11 is rather 11 September. */
#define AMERICAN_NEAR 14
#define AMERICAN_FAR  40
/* Days after a weekday on which it still is "this Monday". */
#define THIS_DAYS 4

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

/* The first of a named month: of YEAR, or the one that is not over yet (forward) or begun already (backward).
 */
static void named_month(const struct written_parts *parts, date_t sent, date_t *forward, date_t *backward)
{
	struct date_parts now = date_parts(sent);
	if (parts->year) {
		*forward = *backward = date_from_parts((int)parts->year, parts->month, 1);
		return;
	}
	*forward = date_from_parts(parts->month >= now.month ? now.year : now.year + 1, parts->month, 1);
	*backward = date_from_parts(parts->month <= now.month ? now.year : now.year - 1, parts->month, 1);
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

/* The DAY of the month so many on, or of one further that way which has it; in February its last day will do.
 */
static date_t day_near(date_t sent, int months, int way, int day)
{
	date_t date = month_day(sent, months, day);
	if (date_parts(date).day != day && date_parts(date).month != 2)
		date = month_day(sent, months + way, day);
	return date;
}

static void reckon_day(struct date_found *found, int64_t day, date_t sent)
{
	int now = date_parts(sent).day;
	found->bare_day = true;
	found->forward = day_near(sent, day >= now ? 0 : 1, 1, (int)day);
	found->backward = day_near(sent, day <= now ? 0 : -1, -1, (int)day);
}

/* Weekdays: 0 the coming or last one, 1 that of next week, -1 the last one, 2 the one after the coming one,
 * 4 two weeks after it, 5 a week after it or, on that weekday, the coming one, 6 this one: the coming one, or
 * for what is past that of the last days, 7 the one before the last.
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
	case 5: /* said on a Thursday, "Thursday week" is the next one */
		set_both(found, sent + ahead + 7);
		break;
	case 6:
		set_both(found, coming);
		if (last >= sent - THIS_DAYS)
			found->backward = last;
		break;
	case 7:
		set_both(found, last - 7);
		break;
	case 3:
		set_both(found, monday_of(sent) + 7 + weekday - 1);
		break;
	case 4:
		set_both(found, sent + ahead + 14);
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

/* The constant of the rule where it is one ("a fortnight"), else the last number of the words ("8 to 10
 * days"), ago where ARGUMENT is negative. */
static int64_t count_of(const struct written_parts *parts, int argument)
{
	if (argument > 1 || argument < -1 || parts->last_number < 0)
		return argument;
	return (argument < 0 ? -1 : 1) * MIN(parts->last_number, 1000);
}

static void reckon_iso_week(
    struct date_found *found, const struct written_parts *parts, int64_t number, date_t sent)
{
	int year;
	date_iso_week(sent, &year);
	if (parts->year)
		year = (int)parts->year;
	date_t this = date_of_iso_week(year, (int)number);
	if (this == DATE_NONE)
		return;
	date_t next = date_of_iso_week(year + 1, (int)number);
	found->forward = this + 4 < sent - 28 && next != DATE_NONE && !parts->year ? next : this;
	date_t last = date_of_iso_week(year - 1, (int)number);
	found->backward = this > sent + 6 && last != DATE_NONE && !parts->year ? last : this;
	found->forward += parts->weekday ? parts->weekday - 1 : 4;
	found->backward += parts->weekday ? parts->weekday - 1 : 4;
	found->vague = !parts->weekday;
}

static void reckon_named(struct date_found *found, const struct written_parts *parts, date_t sent, int day)
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

/* The first weekday from a day of the year on, in five digits: 11235 is the Friday from 23 November on. */
static void reckon_first_from(struct date_found *found, int argument, date_t sent)
{
	int weekday = argument % 10, day = argument / 10 % 100, month = argument / 1000;
	for (int years = -1; years <= 1; years++) {
		date_t date = date_from_parts(date_parts(sent).year + years, month, day);
		if (date == DATE_NONE || weekday < 1 || weekday > 7)
			return;
		date += (weekday - (int)date_weekday(date) + 7) % 7;
		if (date <= sent)
			found->backward = date;
		if (date >= sent && found->forward == DATE_NONE)
			found->forward = date;
	}
}

/* What DAY_IN reckons in the named month, or in the month so many on: where that is over, the next time. */
static void reckon_in_month(struct date_found *found, const struct written_parts *parts, int months,
    date_t sent, date_t (*day_in)(date_t first, const struct written_parts *parts))
{
	if (parts->month) {
		date_t forward, backward;
		named_month(parts, sent, &forward, &backward);
		found->forward = day_in(forward, parts);
		found->backward = day_in(backward, parts);
		return;
	}
	date_t this = day_in(month_day(sent, months, 1), parts);
	found->forward = months == 0 && this < sent ? day_in(month_day(sent, 1, 1), parts) : this;
	found->backward = months == 0 && this > sent ? day_in(month_day(sent, -1, 1), parts) : this;
	found->exact = months != 0;
}

/* The Friday of the Nth week of the month; a month that begins on a Friday begins with the week after. */
static date_t week_in(date_t first, const struct written_parts *parts)
{
	if (first == DATE_NONE || parts->number < 1 || parts->number > 5)
		return DATE_NONE;
	return nth_weekday(first + 1, FRIDAY, 1) + 7 * (date_t)(parts->number - 1);
}

static date_t weekday_in(date_t first, const struct written_parts *parts)
{
	return nth_weekday(first, parts->weekday, parts->number);
}

static date_t workday_in(date_t first, const struct written_parts *parts)
{
	(void)parts;
	return first == DATE_NONE ? DATE_NONE : last_working_day(first);
}

static date_t nth_workday_in(date_t first, const struct written_parts *parts)
{
	return nth_working_day(first, parts->number);
}

/* A third of a month: its 10th, 20th or last day. */
static date_t decade_in(date_t first, const struct written_parts *parts)
{
	if (first == DATE_NONE || parts->number < 1 || parts->number > 3)
		return DATE_NONE;
	return in_month(first, parts->number == 3 ? 31 : 10 * (int)parts->number);
}

/* "on the 10th and the 25th": the one that comes next, and the last one. */
static void reckon_next_of_days(
    struct date_found *found, const struct stream *stream, size_t first, size_t length, date_t sent)
{
	for (size_t i = first, items; i < first + length; i += items) {
		int64_t day = stream_number(stream, i, &items);
		if (day < 1 || day > 31)
			continue;
		struct date_found own = {.forward = DATE_NONE};
		reckon_day(&own, day, sent);
		if (found->forward == DATE_NONE || own.forward < found->forward)
			found->forward = own.forward;
		if (found->backward == DATE_NONE || own.backward > found->backward)
			found->backward = own.backward;
	}
	found->bare_day = true;
}

/* Days of credit from the date of the invoice, ARGUMENT 1: and from there to the end of that month. */
static void reckon_terms(
    struct date_found *found, const struct written_parts *parts, int argument, date_t issued)
{
	found->period = true;
	if (issued == DATE_NONE || parts->number < 0 || parts->number > 400)
		return;
	date_t day = issued + (date_t)parts->number;
	set_both(found, argument == 1 ? date_end_of_month(day) : day);
}

/* FROM moved on as RULE says: to a day after it, the end of a month, the same day of another month. */
static date_t follow(date_t from, const struct date_rule *rule, const struct written_parts *parts)
{
	int64_t count = MIN(MAX(parts->last_number, 1), 400);
	switch (rule->action) {
	case DATE_FOLLOWING:
		return from + rule->argument;
	case DATE_FOLLOWING_DAYS:
		return from + (date_t)count * MAX(rule->argument, 1);
	case DATE_FOLLOWING_SAME_DAY:
		return date_add_months(from, (int)CLAMP(count, 1, 24));
	case DATE_FOLLOWING_MONTH:
		return date_end_of_month(date_add_months(month_day(from, 0, 1), rule->argument));
	case DATE_DAY_OF_THAT_MONTH:
		return parts->day > 0 ? month_day(from, rule->argument, (int)parts->day) : DATE_NONE;
	default:
		if (rule->argument == 1 && parts->weekday) /* of the same week */
			return monday_of(from) + parts->weekday - 1;
		return parts->weekday ? from + (parts->weekday - (int)date_weekday(from) + 6) % 7 + 1 : from;
	}
}

/* Reckoned from the day that was named before: "le lendemain", "the Friday after"; "that day" is none without
 * one. */
static void reckon_following(struct date_found *found, const struct date_rule *rule,
    const struct written_parts *parts, const struct date_found *before, date_t sent)
{
	if (!before && rule->action == DATE_FOLLOWING && rule->argument == 0)
		return;
	bool coming = before && !before->vague && before->forward != DATE_NONE && before->forward > sent &&
		      before->forward < sent + 120;
	if (rule->action == DATE_FOLLOWING_WEEKDAY && rule->argument == 2 && !coming) {
		reckon_weekday(found, parts->weekday ? parts->weekday : 1, 0, sent);
		return;
	}
	date_t from[] = {before ? before->forward : sent, before ? before->backward : sent};
	for (size_t i = 0; i < ARRAY_LENGTH(from); i++)
		if (from[i] != DATE_NONE)
			from[i] = follow(from[i], rule, parts);
	found->forward = from[0];
	found->backward = from[1];
	found->exact = from[0] == from[1];
	found->follows = before != NULL;
}

/* A word such as "second" before another word tells which one, not which day: "the second signature". */
static bool counts_a_thing(const struct stream *stream, const struct date_found *found, int64_t day)
{
	size_t last = found->position + found->length - 1;
	bool digits = stream_token(stream, last)->kind == TOKEN_NUMBER && !found->bare;
	size_t items;
	if (day > 4 || digits || stream_number(stream, last, &items) < 0 || last + 1 >= stream_length(stream))
		return false;
	const struct item *next = stream_item(stream, last + 1);
	return next->sentence == stream_item(stream, last)->sentence && !next->after_comma &&
	       stream_token(stream, last + 1)->kind == TOKEN_WORD &&
	       !language_node(stream->language, next->node)->plain;
}

static bool is_weekday(const struct date_found *found, int weekday)
{
	return (found->forward != DATE_NONE && (int)date_weekday(found->forward) == weekday) ||
	       (found->backward != DATE_NONE && (int)date_weekday(found->backward) == weekday);
}

/* Of two readings of the same numbers, whether the one that is less usual here is meant: the weekday beside
 * it tells, or that it is far nearer. */
static bool is_other_meant(const struct date_found *usual, const struct date_found *other, int weekday,
    enum day_order order, date_t sent)
{
	if (weekday && is_weekday(usual, weekday) != is_weekday(other, weekday))
		return is_weekday(other, weekday);
	if (order == ORDER_DAY_FIRST || order == ORDER_MONTH_FIRST)
		return false;
	date_t near = nearest(usual->forward, usual->backward, sent);
	date_t nearer = nearest(other->forward, other->backward, sent);
	return abs(nearer - sent) <= AMERICAN_NEAR && abs(near - sent) > AMERICAN_FAR;
}

/* Americans write the month first. */
static void reckon_numeric(struct date_found *found, const struct written_parts *parts, bool either,
    enum day_order order, date_t sent)
{
	const struct token *token = parts->numeric;
	int day = token->day, month = token->month, swap = day;
	bool open = token->order == ORDER_OPEN;
	if (either && open && (order == ORDER_MONTH_FIRST || order == ORDER_MONTH_LIKELY)) {
		day = month;
		month = swap;
	}
	reckon_day_month(found, day, month, token->year, sent);
	if (!either || !open || found->forward == DATE_NONE)
		return;
	struct date_found other = {.forward = DATE_NONE, .backward = DATE_NONE};
	reckon_day_month(&other, month, day, token->year, sent);
	if (other.forward != DATE_NONE && is_other_meant(found, &other, parts->weekday, order, sent)) {
		found->forward = other.forward;
		found->backward = other.backward;
		found->exact = other.exact;
	}
}

/* "Friday 15": the month in which the 15th is a Friday decides. */
static void reckon_weekday_day(struct date_found *found, const struct written_parts *parts, date_t sent)
{
	for (int months = -12; months <= 12; months++) {
		date_t date = month_day(sent, months, (int)parts->day);
		if (date_parts(date).day != parts->day || (int)date_weekday(date) != parts->weekday)
			continue;
		if (date <= sent && date > sent - 70)
			found->backward = date;
		if (date >= sent) {
			found->forward = date;
			break;
		}
	}
}

/* The N-th quarter that is named, of the year, or the current one. */
static void reckon_quarter(
    struct date_found *found, const struct written_parts *parts, int argument, date_t sent)
{
	if (parts->number < 1 || parts->number > 4) {
		set_both(found, end_of_quarter(sent, argument));
		return;
	}
	int year = parts->year ? (int)parts->year : date_parts(sent).year;
	date_t end = date_end_of_month(date_from_parts(year, 3 * (int)parts->number, 1));
	found->forward = end < sent && !parts->year ? date_add_months(end, 12) : end;
	found->backward = end;
}

void reckon(struct date_found *found, const struct stream *stream, const struct date_rule *rule,
    const struct date_base *base, const struct date_found *before)
{
	struct written_parts own = written_parts_collect(stream, found->position, found->length);
	const struct written_parts *parts = &own;
	if (base->sent == DATE_NONE && !(parts->year && parts->month))
		return;
	date_t sent = base->sent == DATE_NONE ? 0 : base->sent;
	int argument = rule->argument;
	if (argument >= 100 && rule->action >= DATE_NTH_WEEKDAY && rule->action <= DATE_DECADE)
		own.number = argument / 100;
	found->of_month = rule->action == DATE_DAY_MONTH || rule->action == DATE_END_OF_NAMED_MONTH ||
			  rule->action == DATE_MIDDLE_OF_NAMED_MONTH ||
			  rule->action == DATE_START_OF_NAMED_MONTH || rule->action == DATE_NAMED_MONTH ||
			  (rule->action == DATE_END_OF_MONTH && argument == 1);
	found->calendar = rule->action == DATE_DAY_MONTH || rule->action == DATE_NUMERIC ||
			  rule->action == DATE_WEEKDAY_DAY || rule->action == DATE_DAY_OF_MONTH;
	found->until = (parts->range && (rule->action == DATE_DAY_MONTH || rule->action == DATE_DAY)) ||
		       (rule->action == DATE_ISO_WEEK && argument == 1);
	found->month_end =
	    rule->action == DATE_END_OF_NAMED_MONTH || (rule->action == DATE_END_OF_MONTH && argument == 0);
	found->holiday =
	    rule->action == DATE_FIXED || rule->action == DATE_EASTER || rule->action == DATE_FIRST_FROM;
	if (rule->action == DATE_WEEKDAY && argument < 2)
		found->weekday = (uint8_t)parts->weekday;
	found->vague = rule->action >= DATE_END_OF_MONTH && rule->action <= DATE_END_OF_QUARTER &&
		       rule->action != DATE_DAY_OF_MONTH && rule->action != DATE_WEEKDAY_OF_WEEK;
	found->whole = rule->action == DATE_WEEK || rule->action == DATE_MONTH ||
		       rule->action == DATE_NAMED_MONTH || rule->action == DATE_HALF_MONTH ||
		       rule->action == DATE_WEEK_OF_MONTH ||
		       (rule->action == DATE_ISO_WEEK && !parts->weekday);
	switch (rule->action) {
	case DATE_DAY_MONTH:
		if (parts->day > 0 && parts->month)
			reckon_day_month(found, (int)parts->day, parts->month, (int)parts->year, sent);
		break;
	case DATE_NUMERIC:
		if (parts->numeric)
			reckon_numeric(found, parts, argument == 1, base->order, sent);
		break;
	case DATE_DAY:
		if (argument > 0)
			reckon_day(found, argument, sent);
		else if (parts->day > 0 && !counts_a_thing(stream, found, parts->day))
			reckon_day(found, parts->day, sent);
		break;
	case DATE_WEEKDAY_DAY:
		if (parts->day > 0)
			reckon_day(found, parts->day, sent);
		if (parts->day > 0 && parts->weekday)
			reckon_weekday_day(found, parts, sent);
		break;
	case DATE_WEEK_OF_MONTH:
		reckon_in_month(found, parts, argument % 100, sent, week_in);
		found->vague = true;
		break;
	case DATE_NTH_WEEKDAY:
		if (parts->weekday)
			reckon_in_month(found, parts, argument % 100, sent, weekday_in);
		break;
	case DATE_LAST_WORKDAY:
		reckon_in_month(found, parts, argument % 100, sent, workday_in);
		break;
	case DATE_NTH_WORKDAY:
		reckon_in_month(found, parts, argument % 100, sent, nth_workday_in);
		break;
	case DATE_DECADE:
		reckon_in_month(found, parts, argument % 100, sent, decade_in);
		break;
	case DATE_NEXT_OF_DAYS:
		reckon_next_of_days(found, stream, found->position, found->length, sent);
		break;
	case DATE_RANGE_OF_DAYS:
		if (parts->month)
			reckon_day_month(found, (int)CLAMP(parts->last_number, 1, 31), parts->month,
			    (int)parts->year, sent);
		else
			reckon_day(found, CLAMP(parts->last_number, 1, 31), sent);
		found->until = parts->month != 0;
		break;
	case DATE_LASTING:
		found->lasts = (uint16_t)(MIN(MAX(parts->last_number, 1), 90) * MAX(argument, 1));
		break;
	case DATE_TERMS:
		reckon_terms(found, parts, argument, base->issued);
		break;
	case DATE_FOLLOWING:
	case DATE_FOLLOWING_WEEKDAY:
	case DATE_FOLLOWING_MONTH:
	case DATE_FOLLOWING_DAYS:
	case DATE_FOLLOWING_SAME_DAY:
	case DATE_DAY_OF_THAT_MONTH:
		reckon_following(found, rule, parts, before, sent);
		break;
	case DATE_WEEKDAY: /* an argument from 10 on names the weekday itself: "sat" is mostly a verb */
		if (parts->weekday || argument >= 10)
			reckon_weekday(found, argument >= 10 ? argument / 10 : parts->weekday,
			    argument >= 10 ? argument % 10 : argument, sent);
		break;
	case DATE_OFFSET:
		set_both(found, sent + argument);
		break;
	case DATE_AT_ONCE:
		set_both(found, sent);
		found->at_once = true;
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
	case DATE_MONTH:
	case DATE_END_OF_MONTH:
		found->forward = month_day(sent, argument, 31);
		found->backward = argument == 0 ? month_day(sent, -1, 31) : found->forward;
		break;
	case DATE_MIDDLE_OF_MONTH:
		set_both(found, month_day(sent, argument, 15));
		break;
	case DATE_START_OF_MONTH:
		set_both(found, month_day(sent, argument % 100, argument >= 100 ? argument / 100 : 5));
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
	case DATE_END_OF_WEEK:
		set_both(found, monday_of(sent) + 7 * argument + 4);
		break;
	case DATE_MONDAY_OF_WEEK:
		set_both(found, monday_of(sent) + 7 * argument);
		break;
	case DATE_ISO_WEEK:
		if (parts->number >= 1 && parts->number <= 53 && parts->last_number >= 1 &&
		    parts->last_number <= 53)
			reckon_iso_week(
			    found, parts, argument == 1 ? parts->last_number : parts->number, sent);
		break;
	case DATE_WEEKDAY_OF_WEEK:
		if (abs(argument) >= 10)
			set_both(found, monday_of(sent) + 7 * (argument % 10) + abs(argument) / 10 - 1);
		else if (parts->weekday)
			set_both(found, monday_of(sent) + 7 * argument + parts->weekday - 1);
		break;
	case DATE_FIXED:
		reckon_day_month(found, argument % 100, argument / 100, (int)parts->year, sent);
		break;
	case DATE_FIRST_FROM:
		reckon_first_from(found, argument, sent);
		break;
	case DATE_EASTER:
		if (parts->year)
			set_both(found, date_easter((int)parts->year) + argument);
		else
			reckon_easter(found, argument, sent);
		break;
	case DATE_DUE:
		found->forward = found->backward = base->due;
		found->exact = true;
		break;
	case DATE_END_OF_YEAR:
		set_both(found, date_from_parts(date_parts(sent).year + argument, 12, 31));
		break;
	case DATE_END_OF_QUARTER:
		reckon_quarter(found, parts, argument, sent);
		break;
	default:
		break;
	}
}

void reckon_change(struct date_found *date, const struct date_rule *rule, int64_t count)
{
	if (rule->action == DATE_UNTIL)
		date->until = true;
	if (rule->action == DATE_TILL)
		date->till = true;
	if (rule->action == DATE_BEFORE)
		date->before = !date->vague;
	if (date->vague || date->forward == DATE_NONE || date->backward == DATE_NONE)
		return;
	date_t *days[] = {&date->forward, &date->backward};
	for (size_t i = 0; i < ARRAY_LENGTH(days); i++)
		switch (rule->action) {
		case DATE_BEFORE:
			--*days[i];
			break;
		case DATE_AFTER:
			*days[i] = next_working_day(*days[i] + 1);
			break;
		case DATE_NEXT_DAY:
			++*days[i];
			break;
		case DATE_DAYS_AFTER:
			*days[i] += (date_t)CLAMP(count, 1, 400) * MAX(rule->argument, 1);
			break;
		case DATE_WEEKDAY_AFTER:
			if (count >= 1 && count <= 7)
				*days[i] += (date_t)((count - (int)date_weekday(*days[i]) + 6) % 7 + 1);
			break;
		case DATE_WEEKDAY_BEFORE:
			if (count >= 1 && count <= 7)
				*days[i] -= (date_t)(((int)date_weekday(*days[i]) - count + 6) % 7 + 1);
			break;
		case DATE_WEEK_OF:
			*days[i] = monday_of(*days[i]) + 4;
			break;
		default:
			break;
		}
	date->vague = date->whole = rule->action == DATE_WEEK_OF;
}
