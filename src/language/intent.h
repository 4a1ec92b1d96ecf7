/*
 * What an author wants, as far as the words carry it: the closed list of intents with their fields. Strings
 * are UTF-8, owned, NULL where the words do not say.
 */
#ifndef RELANCE_LANGUAGE_INTENT_H
#define RELANCE_LANGUAGE_INTENT_H

#include "base/base.h"
#include "base/date.h"
#include "base/money.h"

#include <glib.h>

/* In the order in which they decide (the first one present is the primary intent of a reply). */
enum intent_kind {
	INTENT_INSOLVENCY,
	INTENT_LEGAL,
	INTENT_DISPUTE,
	INTENT_DELAY,
	INTENT_PROMISE,
	INTENT_PAID,
	INTENT_REMITTANCE,
	INTENT_REQUEST,
	INTENT_REDIRECT,
	INTENT_ABSENCE,
	INTENT_TICKET,
	INTENT_ACK,
	INTENT_NONE,
};

struct instalment {
	date_t date;	     /* may be DATE_NONE */
	struct money amount; /* may be MONEY_NONE */
};

struct remittance_line {
	char *invoice; /* owned */
	struct money amount;
};

struct intent {
	enum intent_kind kind;
	int confidence; /* thousandths, 0..1000 */
	date_t date;
	struct money amount; /* MONEY_NONE where no amount, or none with a known currency, is stated */
	char *reason; /* dispute: price quantity quality not_delivered duplicate not_ordered wrong_party tax
			 terms already_credited refusal other */
	char *what; /* request: invoice_copy purchase_order delivery_proof bank_details statement credit_note
		       details portal other */
	bool never_received; /* request: they say that they never got the invoice */
	char *contact;	     /* redirect, absence: an address */
	date_t until;	     /* absence: first day back */
	GArray *proposal;    /* delay: of struct instalment; never NULL */
	GPtrArray *lines;    /* remittance: of struct remittance_line *; never NULL */
	GPtrArray *mentions; /* of char *: document numbers that this intent is about, as found; never NULL */
	char *span;	     /* the words it rests on */
	char *rule;	     /* "fr.promise.pay-on-date" */
};

struct intent *intent_new(enum intent_kind kind);
void intent_free(struct intent *intent);
const char *intent_kind_word(enum intent_kind kind);
bool intent_kind_from_word(const char *word, enum intent_kind *kind);
/* The closed lists of a dispute's reasons and of what is asked for. */
bool intent_is_reason(const char *word);
bool intent_is_thing(const char *word);

#endif
