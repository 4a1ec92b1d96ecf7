#include "base/base.h"
#include "ledger/interest.h"

/* Days of a year times the parts of a whole that a rate's unit is: 365 days, 100 % of 1000 thousandths. */
#define DENOMINATOR ((__int128)365 * 100 * RATE_ONE_PERCENT)

void interest_clear(struct interest *interest)
{
	g_clear_pointer(&interest->lines, g_array_unref);
}

/* Half away from zero. */
static int64_t rounded(__int128 numerator)
{
	__int128 half = DENOMINATOR / 2;
	return (
	    int64_t)(numerator < 0 ? -((-numerator + half) / DENOMINATOR) : (numerator + half) / DENOMINATOR);
}

static int rate_up(int rate, int multiple)
{
	if (!multiple || rate % multiple == 0)
		return rate;
	return rate > 0 ? (rate / multiple + 1) * multiple : rate / multiple * multiple;
}

/* What one computation carries along. */
struct work {
	const struct rates *rates;
	const struct interest_rule *rule;
	const struct interest_debt *debt;
	date_t to;
	struct interest *interest;
	__int128 total;			/* exact, over DENOMINATOR */
	const struct interest_due *due; /* the line at hand */
	bool bears;			/* it bears interest, and is asked about */
};

/* The rate that holds for a segment FROM..TO, of a line whose first day of interest is the one after START.
 */
static bool rate_of(struct work *work, date_t start, date_t from, date_t to, int *rate, struct error *error)
{
	const struct interest_rule *rule = work->rule;
	date_t day = rule->period == INTEREST_OF_START ? start + 1
		     : rule->period == INTEREST_OF_END ? to
						       : from;
	bool *confirmed = &work->interest->confirmed;
	if (work->debt->contract_rate && rule->floor_series) {
		int least;
		if (!rates_get(work->rates, rule->floor_series, from, &least, confirmed, error))
			return false;
		least *= rule->floor_times;
		*rate = work->debt->contract_rate > least ? work->debt->contract_rate : least;
		return true;
	}
	if (work->debt->contract_rate) {
		*rate = work->debt->contract_rate;
		return true;
	}
	if (!rates_get(work->rates, rule->series, day, rate, confirmed, error))
		return false;
	*rate = rate_up(*rate + rule->margin, rule->round_up_to);
	return true;
}

static bool add_segment(
    struct work *work, date_t start, date_t from, date_t to, int64_t base, struct error *error)
{
	int rate;
	if (base <= 0 || from >= to || !work->bears)
		return true;
	if (!rate_of(work, start, from, to, &rate, error))
		return false;
	int64_t before = rounded(work->total);
	work->total += (__int128)base * rate * (to - from);
	struct interest_line line = {
	    work->due->due_on, from, to, to - from, base, rate, rounded(work->total) - before};
	g_array_append_val(work->interest->lines, line);
	return true;
}

/* A stretch with one base, cut at the half-years where the law has a rate for each. */
static bool add_stretch(
    struct work *work, date_t start, date_t from, date_t to, int64_t base, struct error *error)
{
	while (from < to) {
		date_t end = work->rule->period == INTEREST_BY_HALF_YEAR ? half_year_next(from) : to;
		if (end > to)
			end = to;
		if (!add_segment(work, start, from, end, base, error))
			return false;
		from = end;
	}
	return true;
}

/* LEFT holds what of each payment the lines before did not take; this one takes its part even where it bears
 * no interest. */
static bool add_line(struct work *work, const struct interest_due *due, int64_t *left, struct error *error)
{
	const struct interest_debt *debt = work->debt;
	date_t start = due->due_on;
	bool by_notice = work->rule->start == INTEREST_FROM_NOTICE;
	if (by_notice && due->notice_on != DATE_NONE && due->notice_on > start)
		start = due->notice_on;
	work->due = due;
	work->bears = !due->left_out && (!by_notice || due->notice_on != DATE_NONE);
	int64_t base = due->amount;
	date_t from = start;
	/* where the day of payment makes the rate, what is paid on a day is reckoned by itself */
	bool apart = work->rule->period == INTEREST_OF_END;
	for (size_t i = 0; i < debt->payment_count && base > 0; i++) {
		int64_t taken = left[i] < base ? left[i] : base;
		if (taken == 0)
			continue;
		date_t on = debt->payments[i].on < work->to ? debt->payments[i].on : work->to;
		if (on > from) {
			if (!add_stretch(work, start, from, on, apart ? taken : base, error))
				return false;
			from = apart ? start : on;
		}
		left[i] -= taken;
		base -= taken;
	}
	return add_stretch(work, start, from, work->to, base, error);
}

/* What lies on top of the first line is paid before the second one. */
static void fill_fees(const struct interest_debt *debt, int64_t *left)
{
	int64_t fees = debt->fees;
	for (size_t i = 0; i < debt->payment_count && fees > 0; i++) {
		int64_t taken = left[i] < fees ? left[i] : fees;
		left[i] -= taken;
		fees -= taken;
	}
}

static int64_t paid_by(const struct interest_debt *debt, date_t day)
{
	int64_t sum = 0;
	for (size_t i = 0; i < debt->payment_count && debt->payments[i].on <= day; i++)
		sum += debt->payments[i].amount;
	return sum;
}

/* What was unpaid of the whole debt on the due date of the first line that was not paid by then: interest
 * begins to run on that. */
static int64_t unpaid_when_late(const struct interest_debt *debt)
{
	int64_t whole = 0, so_far = 0, paid = 0;
	for (size_t i = 0; i < debt->line_count; i++)
		whole += debt->lines[i].amount;
	for (size_t i = 0; i < debt->line_count && paid >= so_far; i++) {
		so_far += debt->lines[i].amount;
		paid = paid_by(debt, debt->lines[i].due_on);
	}
	return whole - paid;
}

static int64_t compensation_of(const struct work *work)
{
	const struct interest_rule *rule = work->rule;
	if (!rule->compensation || work->interest->lines->len == 0 ||
	    strcmp(rule->currency, work->debt->currency) != 0)
		return 0;
	int64_t sum = unpaid_when_late(work->debt);
	const struct compensation_band *band = rule->compensation;
	while (sum >= band->below && band->below != INT64_MAX)
		band++;
	return band->amount;
}

bool interest_compute(const struct rates *rates, const struct interest_rule *rule,
    const struct interest_debt *debt, date_t to, struct interest *interest, struct error *error)
{
	*interest = (struct interest){.confirmed = true};
	interest->lines = g_array_new(FALSE, FALSE, sizeof(struct interest_line));
	struct work work = {.rates = rates, .rule = rule, .debt = debt, .to = to, .interest = interest};
	int64_t *left = g_new(int64_t, debt->payment_count + 1);
	for (size_t i = 0; i < debt->payment_count; i++)
		left[i] = debt->payments[i].amount;
	bool done = true;
	for (size_t i = 0; done && i < debt->line_count; i++) {
		done = add_line(&work, &debt->lines[i], left, error);
		if (i == 0)
			fill_fees(debt, left);
	}
	g_free(left);
	if (!done) {
		interest_clear(interest);
		return false;
	}
	interest->interest = rounded(work.total);
	interest->compensation = compensation_of(&work);
	return true;
}
