/*
 * Where in a text something stands (its clause, sentence or line, of bounded length) and what the words
 * around it say: the classes and rules there, and the amounts. For fields.c.
 */
#ifndef RELANCE_LANGUAGE_EVIDENCE_H
#define RELANCE_LANGUAGE_EVIDENCE_H

#include "base/base.h"
#include "language/dates.h"
#include "language/fields.h"
#include "language/hits.h"

/* A range of items. */
struct range {
	size_t first, end;
};

/* What a class in a range is worth: one that is known by name or (KNOWN -1) a built-in one. */
struct weight {
	int known;
	class_id built_in;
	int weight;
};

const struct hit *hit_at(const struct analysis *analysis, guint index);
/* The strongest rule of KIND, the first of equals; weakened ones only where there is no other. NULL for none.
 */
const struct hit *best_hit(const struct analysis *analysis, enum intent_kind kind);
/* What stands around POSITION. */
struct range sentence_of(const struct stream *stream, size_t position);
struct range clause_of(const struct stream *stream, size_t position);
bool has_built_in(const struct analysis *analysis, struct range range, class_id class);
bool has_class(const struct analysis *analysis, struct range range, enum known_class known);
/* The sum of the WEIGHTS whose classes are in RANGE. */
int weigh_classes(
    const struct analysis *analysis, struct range range, const struct weight *weights, size_t count);
/* How strongly a rule of KIND speaks in RANGE: 0 none, 1 a weakened one, 2 hint, 3 likely, 4 sure. */
int weigh_hits(const struct analysis *analysis, struct range range, enum intent_kind kind);
struct range line_of(const struct stream *stream, size_t position);
/* LINE names a document and an amount: a row of a table. */
bool line_is_of_document(const struct analysis *analysis, struct range line);
const struct date_found *date_at(const struct analysis *analysis, guint index);
/* POSITION is part of an expression of a day. */
bool in_date(const struct analysis *analysis, size_t position);
/* The amount that a token or a word for a share states; MONEY_NONE for none. */
struct money amount_at(const struct analysis *analysis, size_t position);
/* The same, or a bare number of a likely size. */
struct money bare_amount_at(const struct analysis *analysis, size_t position);
/* The amount in RANGE that is nearest to POSITION; BARE: numbers without a currency count. */
struct money amount_near(const struct analysis *analysis, struct range range, size_t position, bool bare);
/* POSITION, or DATE, stands in the clause or sentence by which the model found KIND. */
bool in_unit_at(const struct analysis *analysis, enum intent_kind kind, size_t position);
bool in_unit(const struct analysis *analysis, enum intent_kind kind, const struct date_found *date);
/* Of several days in its clause DATE is the nearest to the COUNT kinds of WORDS: "back on the 3rd and pays on
 * the 5th". */
bool date_is_nearest_to(const struct analysis *analysis, const struct date_found *date,
    const enum known_class *words, size_t count);

#endif
