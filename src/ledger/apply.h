/* What an event does to the derived tables. Only the journal and the rebuild call it. */
#ifndef RELANCE_LEDGER_APPLY_H
#define RELANCE_LEDGER_APPLY_H

#include "ledger/event.h"
#include "store/rows_journal.h"

#include <jansson.h>

/*
 * Applies EVENT, whose body is BODY, to the tables of STORE. Deterministic: nothing but the event and the
 * tables decides. TOUCHED_CUSTOMER gets the id of a customer whose receivables' plans it may change, else 0.
 */
bool apply_event(struct store *store, const struct event *event, const json_t *body,
    int64_t *touched_customer, struct error *error);

/* The parts, by subject; each row of the table in apply.c names one. */
struct application {
	struct store *store;
	const struct event *event;
	const json_t *body;
	date_t on; /* the body's civil day */
};
typedef bool apply_function(const struct application *application, struct error *error);

apply_function apply_customer_opened, apply_customer_changed, apply_contact_added, apply_contact_changed;
apply_function apply_message_recorded, apply_message_alias, apply_message_linked, apply_message_unlinked,
    apply_message_reviewed, apply_delivery_reported;
apply_function apply_receivable_opened, apply_receivable_sent_again, apply_receivable_delivery,
    apply_receivable_changed, apply_receivable_voided, apply_entry_posted;
apply_function apply_plan_proposed, apply_plan_accepted, apply_plan_ended;
apply_function apply_promise_made, apply_promise_ended, apply_dispute_opened, apply_dispute_settled,
    apply_hold_set, apply_hold_released, apply_task_opened, apply_task_assigned, apply_task_done, apply_task_reopened;
apply_function apply_contact_made, apply_step_done, apply_reminder_composed, apply_reminder_approved,
    apply_reminder_cancelled, apply_reminder_submitting, apply_reminder_submitted, apply_reminder_seen,
    apply_reminder_failed, apply_setting_changed;
apply_function apply_notice_composed, apply_notice_submitting, apply_notice_submitted, apply_notice_seen,
    apply_notice_failed, apply_letter_printed, apply_letter_posted;

/* Sets the text and date columns of ROW that BODY names; the key is left. */
void apply_columns(const struct table *table, void *row, const json_t *body);

/* Rows that one event makes several of have the event's number times this, and a place. */
#define ROWS_PER_EVENT 1000

#endif
