/* The labelled amounts of a page by their kinds, and all of its amounts, from which its sums are told
 * (sums.h). */
#ifndef RELANCE_DOCUMENT_CANDIDATES_H
#define RELANCE_DOCUMENT_CANDIDATES_H

#include "base/base.h"
#include "document/facts.h"

struct candidate {
	int64_t minor;
	int score; /* how surely the label means it */
	enum relation relation;
	bool clean;
	guint line, cell;
};

struct amount_at {
	int64_t minor;
	guint line;
	int32_t right; /* edge of its cell */
	int32_t height;
};

struct candidates {
	GArray *net, *tax, *total, *paid, *payable, *withheld, *former, *rounding; /* of struct candidate */
	GArray
	    *blocked; /* the same: a part to be paid to another account, which the tax office may take from */
	GArray *amounts; /* of struct amount_at: all marked amounts, to check sums with */
	const char *currency;
	const struct facts *facts;
};

#define CANDIDATE(list, index) (&g_array_index((list), struct candidate, (index)))

#define AMOUNT(candidates, index) (&g_array_index((candidates)->amounts, struct amount_at, (index)))

/* In caller storage; borrows FACTS and CURRENCY, in which alone amounts count. */
void candidates_init(struct candidates *candidates, const struct facts *facts, const char *currency);
void candidates_clear(struct candidates *candidates);

/* Whether MINOR stands anywhere on the page; whether it is among those of LIST. */
bool candidates_have_amount(const struct candidates *candidates, int64_t minor);
bool candidates_list_has(const GArray *list, int64_t minor);

/* Whether LINE names a "G-rekening": the account from which a Dutch subcontractor pays taxes alone
 * (Invorderingswet 1990 art. 34). */
bool candidates_is_blocked_line(const struct facts *facts, guint line);
/* Whether a discount for early payment is spoken of. */
bool tokens_speak_of_discount(const struct tokens *tokens);

#endif
