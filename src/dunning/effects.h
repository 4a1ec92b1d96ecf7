/*
 * What a message does to the plan: a reading and its matches become effects, by the configuration's table of
 * effects (relance.conf(5)); effects become acts on the books. Deciding writes nothing ("relance explain"
 * shows it); applying needs the message's id in the books.
 */
#ifndef RELANCE_DUNNING_EFFECTS_H
#define RELANCE_DUNNING_EFFECTS_H

#include "ledger/act.h"
#include "match/match.h"

/* The words are those of "relance explain". */
enum effect_kind {
	EFFECT_HOLD,	   /* bounded: until a day */
	EFFECT_WAIT_UNTIL, /* a promise */
	EFFECT_PAUSE,	   /* a dispute */
	EFFECT_STOP,	   /* insolvency, legal: the whole customer, until a person releases it */
	EFFECT_TASK,
	EFFECT_NOTE, /* recorded, changes no plan */
	EFFECT_BAD_ADDRESS,
	EFFECT_NONE,
};

struct effect {
	enum effect_kind kind;
	struct receivable receivable; /* owned copy; id 0: none (an unknown invoice of a known customer) */
	int64_t customer;	      /* 0 where receivable is none and the customer unknown */
	date_t until;		      /* hold: first free day; promise: the promised day; DATE_NONE */
	const char *hold;   /* literal: kind of the hold (rows_case.h), for EFFECT_HOLD and EFFECT_STOP */
	const char *task;   /* of the configuration or literal: kind of the task that goes with it, or NULL */
	int task_days;	    /* until it is due */
	char *title;	    /* of the task */
	char *detail;	    /* of the task */
	bool is_unverified; /* its sender is not: what such mails hold together is bounded */
	int64_t amount;	    /* promise, dispute: minor units, 0: all */
	char *reason;	    /* dispute: its word */
	char *address;	    /* bad address */
	char *contact;	    /* that the mail names: proposed, or NULL */
	bool is_adopted;    /* the contact counts if its domain is the customer's own */
	GArray *proposal;   /* of struct instalment: those that the customer proposes; NULL: none */
	char *why;	    /* for people: rule and words */
};

struct effect_context {
	const struct config *config;
	date_t today;
	bool is_verified; /* of trust_sender; unverified mail only ever holds for a bounded time */
	bool by_person;	  /* a person says that it is read rightly: nothing is suspected */
	int64_t customer; /* for whom the sender speaks when verified; 0: for everybody (a person said so) */
	const GPtrArray *addressees; /* of the mail that a delivery report names; NULL or empty: unknown */
	const char *imitated;	     /* the domain that the sender's looks like, but is not; NULL: none */
};

struct decision {
	GPtrArray *effects; /* of struct effect * */
	bool needs_review;  /* a person must look at the message */
};

/* Whether a report on ADDRESS can be one on a mail to ADDRESSEES: others may be forged, or about a
 * forwarding. */
bool effects_was_addressed(const GPtrArray *addressees, const char *address);
/* Which address of ours RECIPIENT is: behind a forwarding the one to which the mail went. Borrowed. */
const char *effects_reported_address(const GPtrArray *addressees, const struct delivery_recipient *recipient);
/* Never fails; decision_clear() afterwards. MATCHES of match_reading. */
void effects_decide(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision);
void decision_clear(struct decision *decision);
const char *effect_kind_word(enum effect_kind kind);

/* Acts on the books; MESSAGE is the recorded message. */
bool effects_apply(
    struct ledger *ledger, const struct decision *decision, int64_t message, struct error *error);

#endif
