/*
 * What a person decides about a message that the rules were not sure of. A mail that waits for a person has
 * only held the plan for a bounded time; the decision ends that and puts what the mail really does in its
 * place.
 */
#ifndef RELANCE_DUNNING_REVIEW_H
#define RELANCE_DUNNING_REVIEW_H

#include "dunning/effects.h"

/*
 * What MESSAGE does once a person says that it is read rightly and is about the receivables that it is linked
 * to (surely). DECISION is cleared by the caller with decision_clear() after true. False: STATUS_NO where
 * there is no such message or it is linked to nothing.
 */
bool review_decide(struct ledger *ledger, int64_t message, struct decision *decision, struct error *error);
/* The reading is right: its holds for review end, its effects are applied. */
bool review_accept(struct ledger *ledger, int64_t message, struct error *error);
/*
 * It is read wrongly and means INTENT, by WORDS of it (may be NULL). Where it waits for a review, its holds
 * for review end and the effects of INTENT are applied to the receivables that it is surely linked to; else
 * it is only kept as an example.
 */
bool review_as(struct ledger *ledger, int64_t message, const struct intent *intent, const char *words,
    struct error *error);
/* DECIDED gets the journal's number of the decision that stands for MESSAGE; 0: none. What was only kept as an
 * example is no decision. */
bool review_decided(struct ledger *ledger, int64_t message, int64_t *decided, struct error *error);
/* Takes the decision that stands back: what it did to invoices ends, MESSAGE waits for a review again and is
 * no example. Fails where it stopped the whole customer: that a person releases first. */
bool review_undo(struct ledger *ledger, int64_t message, struct error *error);
/* Nothing follows from it: its holds for review end. */
bool review_ignore(struct ledger *ledger, int64_t message, struct error *error);
/* It is not about RECEIVABLE: the holds that it set there end, a promise that it made is withdrawn. */
bool review_forget(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error);

#endif
