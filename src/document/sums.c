/*
 * A total is believed when net and tax that add up to it stand on the page, or when a label says so without
 * doubt; what is left to pay, when it is labelled and agrees with total and part payments. Two labelled
 * amounts that contradict each other give none: a wrong amount is worse than none.
 */
#include "base/base.h"
#include "document/candidates.h"
#include "document/sums.h"

static bool is_counted(const struct candidate *one, const struct candidate *other)
{
	bool row = one->relation == RELATION_BELOW && other->relation == RELATION_BELOW;
	return row ? one->cell == other->cell : one->line == other->line;
}

/* The sum of all taxes, each line counted once, and each cell of a row of them: a total of several rates. */
static int64_t all_taxes(const GArray *taxes)
{
	int64_t sum = 0;
	for (guint i = 0; i < taxes->len; i++) {
		bool seen = false;
		for (guint before = 0; before < i; before++)
			seen |= is_counted(CANDIDATE(taxes, before), CANDIDATE(taxes, i));
		if (!seen && __builtin_add_overflow(sum, CANDIDATE(taxes, i)->minor, &sum))
			return 0;
	}
	return sum;
}

/* Whether B can be the tax on A: a rate that some country of Europe has, give or take the rounding of lines.
 */
static bool is_tax_on(int64_t a, int64_t b)
{
	static const int64_t rates[] = {21, 25, 26, 30, 38, 40, 48, 50, 55, 60, 70, 77, 80, 81, 85, 90, 100,
	    120, 130, 135, 140, 150, 160, 170, 180, 190, 200, 210, 220, 230, 240, 250, 255, 270};
	if (a < 0 && b < 0) {
		a = -a;
		b = -b;
	}
	if (a <= 0 || b <= 0 || a > INT64_MAX / 2000 || b > INT64_MAX / 2000)
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(rates); i++)
		if (llabs(b * 1000 - a * rates[i]) <= 2000)
			return true;
	return false;
}

#define TAX_UNKNOWN INT64_MIN

/* Whether AMOUNT is taken off for what was paid before or is kept back, as labels say. */
static bool is_deducted(const struct candidates *candidates, int64_t amount)
{
	return amount < 0 && (candidates_list_has(candidates->withheld, amount) ||
				 candidates_list_has(candidates->withheld, -amount) ||
				 candidates_list_has(candidates->paid, amount) ||
				 candidates_list_has(candidates->paid, -amount));
}

enum check { CHECK_NONE, CHECK_PAIR, CHECK_LABELLED };

/* Whether net and tax that add up to TOTAL stand on the page, and the tax among them. */
static enum check check_total(const struct candidates *candidates, int64_t total, int64_t *tax)
{
	const GArray *net = candidates->net, *taxes = candidates->tax;
	for (guint i = 0; i < net->len; i++) {
		int64_t rest;
		if (__builtin_sub_overflow(total, CANDIDATE(net, i)->minor, &rest) ||
		    CANDIDATE(net, i)->minor == 0)
			continue;
		if (candidates_list_has(taxes, rest) ||
		    (taxes->len > 0 && rest != 0 && all_taxes(taxes) == rest)) {
			*tax = rest;
			return CHECK_LABELLED;
		}
	}
	for (guint i = 0; i < candidates->amounts->len; i++) {
		int64_t one = AMOUNT(candidates, i)->minor, rest;
		/* what is kept back is no tax of a negative kind */
		if (__builtin_sub_overflow(total, one, &rest) || !candidates_have_amount(candidates, rest) ||
		    is_deducted(candidates, rest))
			continue;
		bool labelled = candidates_list_has(net, one) || candidates_list_has(taxes, rest);
		bool taxed = is_tax_on(one, rest);
		if (taxed || (labelled && rest != 0 && llabs(rest) < llabs(one))) {
			/* what makes the net amount into the total may also be the freight */
			*tax = taxed || candidates_list_has(taxes, rest) ? rest : TAX_UNKNOWN;
			return labelled ? CHECK_LABELLED : CHECK_PAIR;
		}
	}
	return CHECK_NONE;
}

/* Whether the amounts in the column above TOTAL add up to it: two items at least. */
static bool is_sum_of_items(const struct candidates *candidates, const struct candidate *total)
{
	const GArray *amounts = candidates->amounts;
	guint at = amounts->len;
	while (at > 0 && (AMOUNT(candidates, at - 1)->line != total->line ||
			     AMOUNT(candidates, at - 1)->minor != total->minor))
		at--;
	if (at == 0)
		return false;
	const struct amount_at *own = AMOUNT(candidates, at - 1);
	int64_t sum = 0;
	guint items = 0;
	for (guint i = at - 1; i > 0; i--) {
		const struct amount_at *one = AMOUNT(candidates, i - 1);
		if (one->line == own->line || abs(one->right - own->right) > own->height / 2)
			continue;
		if (__builtin_add_overflow(sum, one->minor, &sum))
			return false;
		if (++items >= 2 && sum == own->minor)
			return true;
	}
	return false;
}

/* How far a total can be believed, 0 (not at all) to 950. */
static int belief_in_total(const struct candidates *candidates, const struct candidate *total, int64_t *tax)
{
	enum check check = check_total(candidates, total->minor, tax);
	if (check == CHECK_LABELLED)
		return 950 + total->score;
	if (check == CHECK_PAIR)
		return 900 + total->score;
	if (total->relation == RELATION_BELOW || !total->clean)
		return 0;
	/* Without tax on the page (an exempt seller) the label alone must do. */
	if (total->score == LABEL_STRONG)
		return 750;
	if (total->score == LABEL_MEDIUM && is_sum_of_items(candidates, total))
		return 740;
	return total->score == LABEL_MEDIUM ? 600 : 0;
}

static bool largest_of_all(const struct candidates *candidates, int64_t minor)
{
	for (guint i = 0; i < candidates->amounts->len; i++)
		if (llabs(AMOUNT(candidates, i)->minor) > llabs(minor))
			return false;
	return true;
}

/* Whether the sum under the heading of a column is less than one that stands beside a sure label: one rate's
 * part. */
static bool is_part_of_other(const struct candidates *candidates, const struct candidate *total)
{
	for (guint i = 0; i < candidates->total->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->total, i);
		if (total->relation == RELATION_BELOW && one->relation > RELATION_BELOW &&
		    one->score == LABEL_STRONG && llabs(one->minor) > llabs(total->minor))
			return true;
	}
	return false;
}

/* The total that is believed most; NULL where none is, or two are believed alike. */
static const struct candidate *best_total(
    const struct candidates *candidates, int *belief, int64_t *tax, bool *conflicting)
{
	const struct candidate *best = NULL;
	*belief = 0;
	*conflicting = false;
	for (guint i = 0; i < candidates->total->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->total, i);
		int64_t its_tax = 0;
		int its_belief = belief_in_total(candidates, one, &its_tax);
		/* "Total" alone, with nothing that confirms it, may be one of many sums. */
		if (its_belief == 600 && !largest_of_all(candidates, one->minor))
			its_belief = 0;
		if (its_belief > *belief) {
			*belief = its_belief;
			*tax = its_tax;
			*conflicting = false;
			best = one;
		} else if (best != NULL && its_belief == *belief && its_belief > 0 &&
			   one->minor != best->minor &&
			   !candidates_list_has(candidates->rounding, one->minor - best->minor))
			*conflicting = true;
	}
	*conflicting |= best != NULL && is_part_of_other(candidates, best);
	return *conflicting ? NULL : best;
}

/* Whether ONE is OTHER and the tax on it: "Deposit payable 3,000.00, VAT 600.00, deposit due 3,600.00". */
static bool is_with_tax(
    const struct candidates *candidates, const struct candidate *one, const struct candidate *other)
{
	int64_t tax;
	return one->score == other->score && !__builtin_sub_overflow(one->minor, other->minor, &tax) &&
	       candidates_list_has(candidates->tax, tax) && is_tax_on(other->minor, tax);
}

/* The one amount that all sure labels of what is to be paid agree on; NULL where there is none or they do
 * not. */
static const struct candidate *labelled_payable(const struct candidates *candidates, bool *conflicting)
{
	const struct candidate *found = NULL;
	for (guint i = 0; i < candidates->payable->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->payable, i);
		if (found == NULL || one->score > found->score ||
		    (one->score == found->score && one->relation > found->relation) ||
		    is_with_tax(candidates, one, found)) {
			*conflicting = false;
			found = one;
		} else if (one->score == found->score && one->relation == found->relation &&
			   one->minor != found->minor && !is_with_tax(candidates, found, one))
			*conflicting = true;
	}
	return *conflicting ? NULL : found;
}

/* The part payment that makes TOTAL into PAYABLE, with the sign that it is printed with; false where none
 * does. */
static bool paid_between(const struct candidates *candidates, int64_t total, int64_t payable, int64_t *paid)
{
	int64_t difference;
	if (__builtin_sub_overflow(total, payable, &difference))
		return false;
	bool rounded = difference != 0 && candidates_list_has(candidates->rounding, -difference);
	*paid = rounded ? 0 : difference;
	if (difference == 0 || rounded)
		return true;
	if (candidates_list_has(candidates->paid, difference) ||
	    candidates_list_has(candidates->paid, -difference))
		return true;
	/* several part payments, each on its line */
	int64_t sum = 0;
	for (guint i = 0; i < candidates->paid->len; i++)
		if (__builtin_add_overflow(sum, CANDIDATE(candidates->paid, i)->minor, &sum))
			return false;
	return candidates->paid->len > 0 && llabs(sum) == llabs(difference);
}

static bool any_amount(const GArray *list)
{
	for (guint i = 0; i < list->len; i++)
		if (g_array_index(list, struct candidate, i).minor != 0)
			return true;
	return false;
}

/* Whether something was paid that can be of this total: what is more was paid for all of the work so far. */
static bool any_part_payment(const GArray *paid, int64_t total)
{
	for (guint i = 0; i < paid->len; i++) {
		int64_t minor = llabs(CANDIDATE(paid, i)->minor);
		if (minor != 0 && minor <= llabs(total))
			return true;
	}
	return false;
}

/* Whether AMOUNT is net and tax of its own line: the part of the total that has one rate. */
static bool is_sum_of_line(const struct candidates *candidates, const struct amount_at *amount)
{
	const GArray *amounts = candidates->amounts;
	for (guint i = 0; i < amounts->len; i++) {
		if (AMOUNT(candidates, i)->line != amount->line)
			continue;
		for (guint other = i + 1;
		     other < amounts->len && AMOUNT(candidates, other)->line == amount->line; other++)
			if (AMOUNT(candidates, i)->minor == amount->minor - AMOUNT(candidates, other)->minor)
				return true;
	}
	return false;
}

/* "20.03.2026 | 2 % | 47,60 | 2.332,40": a row that says what a discount leaves. */
static bool is_discount_row(const struct candidates *candidates, guint line)
{
	const struct page_line *one = PAGE_LINE(candidates->facts->page, line);
	bool day = false, rate = false;
	for (guint cell = one->first_cell; cell < one->end_cell; cell++) {
		const GArray *values = candidates->facts->cells[cell].values;
		for (guint i = 0; i < values->len; i++) {
			const struct value *value = &g_array_index(values, struct value, i);
			day |= value->is_date;
			rate |= !value->is_date && value->amount.percent;
		}
	}
	return day && rate;
}

/*
 * Whether two amounts below the total, neither net nor tax, add up to it: a part payment and the rest, or
 * instalments, under words that no table knows. Then the total may not be what is left to pay.
 */
static bool is_split_below(const struct candidates *candidates, const struct candidate *total)
{
	const GArray *amounts = candidates->amounts;
	for (guint i = 0; i < amounts->len; i++) {
		int64_t part = AMOUNT(candidates, i)->minor < 0 ? -AMOUNT(candidates, i)->minor
								: AMOUNT(candidates, i)->minor;
		/* what is taken off may be as much as the tax: "split payment" */
		bool taken_off = AMOUNT(candidates, i)->minor < 0 && total->minor > 0;
		if (AMOUNT(candidates, i)->line <= total->line || part == 0 || part >= total->minor ||
		    is_discount_row(candidates, AMOUNT(candidates, i)->line) ||
		    candidates_list_has(candidates->blocked, part) ||
		    candidates_list_has(candidates->blocked, total->minor - part) ||
		    (!taken_off && (candidates_list_has(candidates->net, part) ||
				       candidates_list_has(candidates->tax, part))))
			continue;
		for (guint other = i + 1; other < amounts->len; other++) {
			int64_t rest = AMOUNT(candidates, other)->minor;
			if (rest > 0 && rest == total->minor - part && taken_off)
				return true;
			if (rest > 0 && rest == total->minor - part && !is_tax_on(part, rest) &&
			    !is_tax_on(rest, part) && !candidates_list_has(candidates->net, rest) &&
			    !candidates_list_has(candidates->tax, rest) &&
			    !(is_sum_of_line(candidates, AMOUNT(candidates, i)) &&
				is_sum_of_line(candidates, AMOUNT(candidates, other))))
				return true;
		}
	}
	return false;
}

/* Whether LINE tells of what is no deduction: a discount for early payment, freight, a fee for late payment.
 */
static bool is_aside(const struct candidates *candidates, guint line)
{
	if (is_discount_row(candidates, line))
		return true;
	const struct page_line *one = PAGE_LINE(candidates->facts->page, line);
	for (guint cell = one->first_cell; cell < one->end_cell; cell++) {
		const struct cell_facts *have = &candidates->facts->cells[cell];
		if (tokens_speak_of_discount(&have->tokens))
			return true;
		for (guint i = 0; i < have->labels->len; i++)
			if (g_array_index(have->labels, struct label_match, i).label == LABEL_OTHER_AMOUNT)
				return true;
	}
	return false;
}

/* Whether net and tax that make the total stand below it: the page begins with what is to be paid. */
static bool is_reckoned_below(const struct candidates *candidates, const struct candidate *total)
{
	for (guint i = 0; i < candidates->tax->len; i++) {
		const struct candidate *tax = CANDIDATE(candidates->tax, i);
		for (guint at = 0; tax->line > total->line && at < candidates->amounts->len; at++) {
			const struct amount_at *net = AMOUNT(candidates, at);
			if (net->line > total->line && net->minor == total->minor - tax->minor &&
			    is_tax_on(net->minor, tax->minor))
				return true;
		}
	}
	return false;
}

/*
 * Whether something that no table knows goes on below the total: an amount taken off, or another sum in the
 * same column of the same block. Then the total may not be what is left to pay.
 */
static bool goes_on_below(const struct candidates *candidates, const struct candidate *total)
{
	enum { BLOCK_LINES = 3 };
	bool first = is_reckoned_below(candidates, total);
	const struct box *box = &PAGE_CELL(candidates->facts->page, total->cell)->box;
	for (guint i = 0; i < candidates->amounts->len; i++) {
		const struct amount_at *one = AMOUNT(candidates, i);
		if (one->line <= total->line || one->minor == 0 || llabs(one->minor) >= llabs(total->minor) ||
		    candidates_list_has(candidates->blocked, one->minor) ||
		    candidates_list_has(candidates->blocked, total->minor - one->minor) ||
		    is_aside(candidates, one->line))
			continue;
		bool taken_off = one->minor < 0 && total->minor > 0;
		bool in_column =
		    one->line <= total->line + BLOCK_LINES && abs(one->right - box->right) < one->height / 2;
		bool known = candidates_list_has(candidates->net, one->minor) ||
			     candidates_list_has(candidates->tax, one->minor) ||
			     candidates_list_has(candidates->total, one->minor);
		if (taken_off || (in_column && !known && !first))
			return true;
	}
	return false;
}

/* Whether a larger sum is called a total below it: what is exempt came on top. */
static bool is_outdone_below(const struct candidates *candidates, const struct candidate *total)
{
	for (guint i = 0; i < candidates->total->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->total, i);
		if (one->line > total->line && one->minor > total->minor && one->score == LABEL_STRONG &&
		    one->relation > RELATION_BELOW)
			return true;
	}
	return false;
}

/* Whether the whole total stands below it once more, or taken off, and then nothing is left: it was paid. */
static bool comes_to_nothing(const struct candidates *candidates, const struct candidate *total)
{
	guint whole = G_MAXUINT;
	for (guint i = 0; i < candidates->amounts->len; i++) {
		const struct amount_at *one = AMOUNT(candidates, i);
		if (one->line > total->line && llabs(one->minor) == llabs(total->minor))
			whole = MIN(whole, one->line);
		if (one->line > whole && one->minor == 0 && !is_aside(candidates, one->line))
			return true;
	}
	return false;
}

static void set(struct money *money_out, int64_t minor, const char *currency)
{
	*money_out = money(minor, currency);
}

/* What is to be paid in all, with an older debt: the total is what this invoice adds to it. */
static void settle_with_former(
    const struct candidates *candidates, const struct candidate *payable, struct sums *sums)
{
	for (guint i = 0; i < candidates->total->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->total, i);
		int64_t older;
		if (__builtin_sub_overflow(payable->minor, one->minor, &older) || older == 0 ||
		    !candidates_list_has(candidates->former, older))
			continue;
		set(&sums->total, one->minor, candidates->currency);
		set(&sums->payable, one->minor, candidates->currency);
		sums->confidence = 700;
		return;
	}
	sums->conflicting = true;
	sums->confidence = 400;
}

/* "Total factura" may be what is left: then it and what is withheld are net and tax. */
static bool is_total_after_withholding(
    const struct candidates *candidates, const struct candidate *total, struct sums *sums)
{
	for (guint i = 0; i < candidates->withheld->len; i++) {
		int64_t whole, tax = 0;
		if (__builtin_add_overflow(
			total->minor, llabs(CANDIDATE(candidates->withheld, i)->minor), &whole) ||
		    check_total(candidates, total->minor, &tax) != CHECK_NONE ||
		    check_total(candidates, whole, &tax) != CHECK_LABELLED ||
		    !candidates_list_has(candidates->tax, tax) || any_amount(candidates->paid))
			continue;
		set(&sums->total, whole, candidates->currency);
		set(&sums->payable, total->minor, candidates->currency);
		set(&sums->withheld, whole - total->minor, candidates->currency);
		sums->confidence = 900;
		return true;
	}
	return false;
}

/* What is withheld from the total leaves an amount that must stand on the page. */
static void settle_withheld(
    const struct candidates *candidates, const struct candidate *total, struct sums *sums)
{
	if (is_total_after_withholding(candidates, total, sums))
		return;
	for (guint i = 0; i < candidates->withheld->len; i++) {
		int64_t withheld = llabs(CANDIDATE(candidates->withheld, i)->minor);
		if (withheld == 0 || total->minor <= withheld || candidates->paid->len > 0 ||
		    !candidates_have_amount(candidates, total->minor - withheld))
			continue;
		set(&sums->payable, total->minor - withheld, candidates->currency);
		set(&sums->withheld, withheld, candidates->currency);
		sums->confidence = MIN(sums->confidence, 700);
		return;
	}
	sums->conflicting = true;
}

/* Without one: the total, less a part payment where the page shows the difference. */
static void settle_total(
    const struct candidates *candidates, const struct candidate *total, int belief, struct sums *sums)
{
	const char *currency = candidates->currency;
	set(&sums->total, total->minor, currency);
	sums->confidence = belief;
	if (any_amount(candidates->withheld)) {
		settle_withheld(candidates, total, sums);
		return;
	}
	for (guint i = 0; i < candidates->rounding->len; i++) {
		int64_t rounded = total->minor + CANDIDATE(candidates->rounding, i)->minor;
		if (rounded == total->minor || any_amount(candidates->paid) ||
		    !candidates_have_amount(candidates, rounded))
			continue;
		set(&sums->payable, rounded, currency);
		sums->confidence = MIN(belief, 800);
		return;
	}
	if (!any_part_payment(candidates->paid, total->minor)) {
		sums->conflicting = is_split_below(candidates, total) || goes_on_below(candidates, total) ||
				    is_outdone_below(candidates, total) ||
				    comes_to_nothing(candidates, total);
		if (!sums->conflicting)
			set(&sums->payable, total->minor, currency);
		return;
	}
	for (guint i = 0; i < candidates->paid->len; i++) {
		int64_t paid = llabs(CANDIDATE(candidates->paid, i)->minor);
		if (paid != 0 && total->minor > paid &&
		    candidates_have_amount(candidates, total->minor - paid)) {
			set(&sums->paid, paid, currency);
			set(&sums->payable, total->minor - paid, currency);
			sums->confidence = MIN(belief, 800);
			return;
		}
	}
	sums->conflicting = true;
}

/* What goes to the company's own account and what goes to the blocked one are the total together. */
static bool is_rest_of_blocked(
    const struct candidates *candidates, const struct candidate *payable, const struct candidate *total)
{
	int64_t rest;
	return total != NULL && !__builtin_sub_overflow(total->minor, payable->minor, &rest) &&
	       candidates_list_has(candidates->blocked, rest);
}

/* The total before what is kept back, where net and tax add up to it. */
static bool total_before_withholding(
    const struct candidates *candidates, const struct candidate *payable, int64_t *whole)
{
	for (guint i = 0; i < candidates->withheld->len; i++) {
		int64_t withheld = llabs(CANDIDATE(candidates->withheld, i)->minor), tax;
		if (withheld != 0 && !__builtin_add_overflow(payable->minor, withheld, whole) &&
		    candidates_have_amount(candidates, *whole) &&
		    check_total(candidates, *whole, &tax) == CHECK_LABELLED)
			return true;
	}
	return false;
}

enum { LEAST_BELIEF = 700 }; /* in a total that only its label confirms */

/* The total of at least that BELIEF that PAYABLE agrees with; BY_PAYMENT: less what was paid before. */
static bool settle_with_paid(const struct candidates *candidates, const struct candidate *payable, int belief,
    bool by_payment, struct sums *sums)
{
	int64_t paid = 0, tax = 0;
	for (guint i = 0; i < candidates->total->len; i++) {
		const struct candidate *one = CANDIDATE(candidates->total, i);
		int its_belief = belief_in_total(candidates, one, &tax);
		if (its_belief < belief || !paid_between(candidates, one->minor, payable->minor, &paid) ||
		    (by_payment && paid == 0))
			continue;
		set(&sums->total, one->minor, candidates->currency);
		set(&sums->payable, payable->minor, candidates->currency);
		if (paid != 0 || candidates->paid->len > 0)
			set(&sums->paid, paid, candidates->currency);
		sums->confidence = MAX(its_belief, 900);
		return true;
	}
	return false;
}

/* With a labelled amount to pay: it must agree with a total, or stand without any. */
static void settle_labelled(const struct candidates *candidates, const struct candidate *payable,
    const struct candidate *total, int belief, struct sums *sums)
{
	const char *currency = candidates->currency;
	/* any believable total that it agrees with is better than the best one alone; one that a part payment
	 * makes into it is, too: what is exempt comes on top of the one with net and tax */
	if (settle_with_paid(candidates, payable, belief, false, sums) ||
	    settle_with_paid(candidates, payable, LEAST_BELIEF, true, sums))
		return;
	int64_t whole;
	if (is_rest_of_blocked(candidates, payable, total)) {
		settle_total(candidates, total, belief, sums);
		return;
	}
	if (total_before_withholding(candidates, payable, &whole)) {
		set(&sums->total, whole, currency);
		set(&sums->payable, payable->minor, currency);
		set(&sums->withheld, whole - payable->minor, currency);
		sums->confidence = 900;
		return;
	}
	if (any_amount(candidates->former)) {
		settle_with_former(candidates, payable, sums);
		return;
	}
	int64_t tax = 0;
	bool less = total != NULL && belief >= 900 && llabs(total->minor) > llabs(payable->minor);
	enum check check = check_total(candidates, payable->minor, &tax);
	if (!less && check != CHECK_NONE) { /* no total is labelled, or another sum is: what is to be paid is
				      the total itself */
		set(&sums->total, payable->minor, currency);
		set(&sums->payable, payable->minor, currency);
		sums->confidence = 900;
		return;
	}
	if (total != NULL && belief > 0)
		set(&sums->total, total->minor, currency);
	bool sure_label =
	    payable->score == LABEL_STRONG && payable->clean && payable->relation >= RELATION_RIGHT;
	bool plausible = total == NULL || belief == 0 || llabs(payable->minor) < llabs(total->minor);
	if (sure_label && plausible) {
		set(&sums->payable, payable->minor, currency);
		sums->confidence = 700;
		/* an exempt seller names no other sum */
		if (money_is_none(sums->total) && !any_amount(candidates->paid) &&
		    !any_amount(candidates->withheld) && payable->minor > 0 &&
		    largest_of_all(candidates, payable->minor))
			set(&sums->total, payable->minor, currency);
	} else {
		sums->conflicting = true;
		sums->confidence = 400;
	}
}

/* Whether an amount below the total is neither that, nor net or tax: what it is, is not known. */
static bool has_unknown_below(const struct candidates *candidates, const struct amount_at *total)
{
	for (guint i = 0; i < candidates->amounts->len; i++) {
		const struct amount_at *one = AMOUNT(candidates, i);
		if (one->line > total->line && one->minor != total->minor && one->minor != 0 &&
		    !candidates_list_has(candidates->net, one->minor) &&
		    !candidates_list_has(candidates->tax, one->minor))
			return true;
	}
	return false;
}

/*
 * A labelled tax at a usual rate of another amount, and below it their sum, the largest amount of all: the
 * total, under a word that no table has.
 */
static void settle_unlabelled(const struct candidates *candidates, struct sums *sums)
{
	for (guint i = 0; i < candidates->tax->len; i++) {
		const struct candidate *tax = CANDIDATE(candidates->tax, i);
		for (guint at = 0; at < candidates->amounts->len; at++) {
			const struct amount_at *one = AMOUNT(candidates, at);
			int64_t net = one->minor - tax->minor;
			if (!tax->clean || tax->minor <= 0 || one->line <= tax->line ||
			    !is_tax_on(net, tax->minor) || !candidates_have_amount(candidates, net) ||
			    !largest_of_all(candidates, one->minor))
				continue;
			set(&sums->total, one->minor, candidates->currency);
			sums->confidence = 700;
			if (!has_unknown_below(candidates, one) && !any_amount(candidates->paid) &&
			    !any_amount(candidates->withheld))
				set(&sums->payable, one->minor, candidates->currency);
			return;
		}
	}
}

/* What the page itself takes off the total, under a word that no table has, is no contradiction. */
static void explain_difference(const struct candidates *candidates, struct sums *sums)
{
	int64_t rest;
	if (money_is_none(sums->total) || money_is_none(sums->payable) || !money_is_none(sums->withheld) ||
	    __builtin_sub_overflow(sums->total.minor, sums->payable.minor, &rest) || rest == 0 ||
	    (!money_is_none(sums->paid) && sums->paid.minor != 0))
		return;
	if (candidates_have_amount(candidates, -rest) || candidates_list_has(candidates->withheld, rest))
		set(&sums->withheld, rest, candidates->currency);
}

struct sums sums_find(const struct facts *facts, const char *currency, bool is_prepayment)
{
	struct sums sums = {.total = MONEY_NONE,
	    .paid = MONEY_NONE,
	    .payable = MONEY_NONE,
	    .tax = MONEY_NONE,
	    .withheld = MONEY_NONE};
	if (currency[0] == '\0')
		return sums;
	struct candidates candidates;
	candidates_init(&candidates, facts, currency);
	if (is_prepayment) /* what it asks for is called as what other invoices deduct */
		g_array_set_size(candidates.paid, 0);
	int belief;
	int64_t tax = 0;
	bool totals_conflict = false, payables_conflict = false;
	const struct candidate *total = best_total(&candidates, &belief, &tax, &totals_conflict);
	const struct candidate *payable = labelled_payable(&candidates, &payables_conflict);
	sums.conflicting = totals_conflict || payables_conflict;
	sums.labelled = payable != NULL;
	if (payable != NULL && !(payable->score < LABEL_STRONG && total != NULL && belief >= 750))
		settle_labelled(&candidates, payable, total, totals_conflict ? 0 : belief, &sums);
	else if (total != NULL && !payables_conflict)
		settle_total(&candidates, total, belief, &sums);
	else if (total != NULL)
		set(&sums.total, total->minor, currency);
	else if (!totals_conflict)
		settle_unlabelled(&candidates, &sums);
	if (!money_is_none(sums.total) && check_total(&candidates, sums.total.minor, &tax) != CHECK_NONE) {
		if (tax != TAX_UNKNOWN)
			set(&sums.tax, tax, currency);
		sums.verified = true;
	}
	explain_difference(&candidates, &sums);
	candidates_clear(&candidates);
	return sums;
}
