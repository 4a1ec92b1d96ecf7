/*
 * The acts: what the clerk and people do to the books, each a few journal events. All work inside the
 * caller's transaction; false means: roll back. They check what only the books can know (the receivable
 * exists, the amount is in its currency and positive) and say so with STATUS_DATA or STATUS_NO.
 */
#ifndef RELANCE_LEDGER_ACT_H
#define RELANCE_LEDGER_ACT_H

#include "base/money.h"
#include "ledger/journal.h"
#include "store/rows_case.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"
#include "store/rows_party.h"
#include "store/rows_plan.h"
#include "store/rows_receivable.h"

/* AMOUNT in minor units, > 0. A payment that settles the receivable keeps its running promise. */
bool act_pay(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error);
bool act_credit(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error);
bool act_write_off(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error);
/* AMOUNT of a credit note lowers RECEIVABLE and uses the note up by as much; a task that asked what the note
 * is for ends when nothing is left. */
bool act_use_credit_note(struct ledger *ledger, const struct receivable *note,
    const struct receivable *receivable, int64_t amount, date_t on, struct error *error);

/* UNTIL: the first day that is free again, DATE_NONE for until released. RECEIVABLE may be NULL: the whole
 * customer. A running hold of the same kind on the same thing is replaced. MESSAGE 0: none. */
bool act_hold(struct ledger *ledger, int64_t customer, const struct receivable *receivable, const char *kind,
    date_t until, const char *reason, int64_t message, struct error *error);
/* Releases running holds on it; KIND NULL: of every kind. COUNT (may be NULL) gets their number. */
bool act_release(struct ledger *ledger, int64_t customer, const struct receivable *receivable,
    const char *kind, const char *reason, int *count, struct error *error);
/* DATE may be DATE_NONE; AMOUNT 0: all. */
bool act_promise(struct ledger *ledger, const struct receivable *receivable, date_t date, int64_t amount,
    int64_t message, struct error *error);
bool act_end_promise(
    struct ledger *ledger, const struct promise *promise, const char *state, struct error *error);
/* AMOUNT 0: all. An open dispute of the same reason is kept as it is. */
bool act_dispute(struct ledger *ledger, const struct receivable *receivable, const char *reason,
    int64_t amount, const char *owner, int64_t message, struct error *error);
/* The same about the due line of the day DUE_ON, all of which is what is open of it now; STATUS_DATA where it
 * has none or nothing is left to dispute. DATE_NONE: none in particular. */
bool act_dispute_line(struct ledger *ledger, const struct receivable *receivable, date_t due_on,
    const char *reason, int64_t amount, const char *owner, int64_t message, struct error *error);
/* The words for reasons; ends with NULL. */
const char *const *dispute_reasons(void);
/* Settles all open disputes of it; STATUS_NO when there is none. Closes their tasks. */
bool act_settle(
    struct ledger *ledger, const struct receivable *receivable, const char *how, struct error *error);

struct plan_rate {
	date_t due_on;
	int64_t amount; /* minor units, > 0 */
};
/* Proposes to pay what is open by instalments; an earlier proposal is withdrawn. PLAN (may be NULL) gets the
 * id. */
bool act_propose_plan(struct ledger *ledger, const struct receivable *receivable,
    const struct plan_rate *rates, size_t count, int64_t message, int64_t *plan, struct error *error);
/* The proposal becomes the agreement: STATUS_NO without one, STATUS_DATA unless the rates make what is open.
 * What the answer held and asked of people is done, a running promise is withdrawn. */
bool act_accept_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error);
bool act_refuse_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error);
/* The agreement ends, and the plan goes on where it was. */
bool act_withdraw_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error);
/* It is settled: an agreement is done, a proposal needless. */
bool act_finish_plans(struct ledger *ledger, const struct receivable *receivable, struct error *error);
bool act_end_plan(
    struct ledger *ledger, const struct instalment_plan *plan, const char *state, struct error *error);

struct task_draft {
	const char *company;
	const char *kind;
	int64_t customer, receivable, message; /* 0: none */
	const char *title, *detail, *owner;
	date_t due_on;
	int64_t line; /* which due line of the receivable it is about, from 1; 0: all of it */
};
/* No second open task of the same kind about the same receivable and message. TASK (may be NULL) gets the id.
 */
bool act_open_task(struct ledger *ledger, const struct task_draft *draft, int64_t *task, struct error *error);
bool act_assign_task(struct ledger *ledger, int64_t task, const char *owner, struct error *error);
/* All open ones of KIND about it. */
bool act_finish_tasks(
    struct ledger *ledger, int64_t receivable, const char *kind, const char *outcome, struct error *error);
bool act_finish_task(struct ledger *ledger, int64_t task, const char *outcome, struct error *error);
/* ENTRY (entry.posted) is taken back by a correction; the calls, letters and decisions that were ended as
 * settled since are open again, as far as something that they are about is. STATUS_NO where it is undone
 * already or cannot be. */
bool act_take_back(struct ledger *ledger, const struct event *entry, struct error *error);
/* A correction lowered RECEIVABLE by AMOUNT: what is paid by that ends, as with a payment. */
bool act_lowered(struct ledger *ledger, int64_t receivable, int64_t amount, struct error *error);

/* An invoice that came to our knowledge: by mail or by import. Pointers are borrowed. */
struct receivable_draft {
	const char *company;
	int64_t customer;
	const char *number;
	const char *kind; /* invoice, credit_note, prepayment, corrective */
	date_t issue_date, due_date;
	const char *currency;
	int64_t total;	 /* minor units; for a credit note positive here, it is entered negative */
	int64_t open;	 /* what of it is still open (imports); INT64_MIN: all */
	int64_t message; /* 0: imported */
	const char *message_id, *subject, *sha256, *document_name, *document_type, *order_number,
	    *payment_reference, *iban, *preceding;
	const struct due_line_row
	    *due_lines; /* only due_on and amount are read; may be empty: one line at due_date */
	size_t due_line_count;
};
/* OPENED is false when it is there already with the same content; then RECEIVABLE is that one. Different
 * content under the same number: a task "duplicate", and OPENED false. */
bool act_open_receivable(struct ledger *ledger, const struct receivable_draft *draft, int64_t *receivable,
    bool *opened, struct error *error);
bool act_open_customer(
    struct ledger *ledger, const struct customer *draft, int64_t *customer, struct error *error);
/* Adds the contact or, where it is known, raises its role and state. An address of our own is none, unless
 * a person imported it. */
bool act_learn_contact(struct ledger *ledger, int64_t customer, const char *address, const char *name,
    const char *role, struct error *error);
bool act_contact_state(struct ledger *ledger, const struct contact *contact, const char *state,
    const char *reason, struct error *error);
/* As act_learn_contact, and it works, whatever was known of it. Fails for an address of our own. */
bool act_adopt_contact(struct ledger *ledger, int64_t customer, const char *address, const char *name,
    const char *role, struct error *error);
/* ADDRESS takes the contact's place: tasks to find an address are done; an invoice that never arrived is to
 * be sent again, which is a task. */
bool act_replace_contact(
    struct ledger *ledger, const struct contact *contact, const char *address, struct error *error);
bool act_contact_answered(
    struct ledger *ledger, const struct contact *contact, instant_t at, struct error *error);

/* STATUS sure or proposed. A refused link stays refused. */
bool act_link(struct ledger *ledger, int64_t message, int64_t receivable, const char *status, int score,
    const char *evidence, struct error *error);
bool act_unlink(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error);
bool act_review(struct ledger *ledger, int64_t message, const char *decision, struct error *error);
/* A person says what MESSAGE means: INTENT's word, VALUE (the reason of a dispute, the thing asked for) and
 * the WORDS that say it, both or either NULL. It need not wait for a review: then it is an example alone. */
bool act_review_as(struct ledger *ledger, int64_t message, const char *intent, const char *value,
    const char *words, struct error *error);
/* The bank's data of COMPANY are in the books up to and with DAY; an earlier day than the known one changes
 * nothing. Plans that waited for it are made anew. */
bool act_bank_checked(struct ledger *ledger, const char *company, date_t day, struct error *error);
/* LADDER NULL: back to what applies without it. Of an invoice, and of a customer. */
bool act_receivable_ladder(
    struct ledger *ledger, const struct receivable *receivable, const char *ladder, struct error *error);
bool act_customer_ladder(struct ledger *ledger, int64_t customer, const char *ladder, struct error *error);
/* "sending.paused" = "yes"/"no" and the like. */
bool act_setting(struct ledger *ledger, const char *name, const char *value, struct error *error);

#endif
