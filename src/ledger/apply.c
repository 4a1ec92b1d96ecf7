#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"

/* TOUCHES_CUSTOMER: the plans of all the customer's receivables may change. */
static const struct {
	apply_function *apply;
	bool touches_customer;
} rows[] = {
    [EVENT_CUSTOMER_OPENED] = {apply_customer_opened, false},
    [EVENT_CUSTOMER_CHANGED] = {apply_customer_changed, true},
    [EVENT_CONTACT_ADDED] = {apply_contact_added, true},
    [EVENT_CONTACT_CHANGED] = {apply_contact_changed, true},
    [EVENT_MESSAGE_RECORDED] = {apply_message_recorded, false},
    [EVENT_MESSAGE_ALIAS] = {apply_message_alias, false},
    [EVENT_MESSAGE_LINKED] = {apply_message_linked, false},
    [EVENT_MESSAGE_UNLINKED] = {apply_message_unlinked, false},
    [EVENT_MESSAGE_REVIEWED] = {apply_message_reviewed, true},
    [EVENT_RECEIVABLE_OPENED] = {apply_receivable_opened, true},
    [EVENT_RECEIVABLE_SENT_AGAIN] = {apply_receivable_sent_again, false},
    [EVENT_RECEIVABLE_DELIVERY] = {apply_receivable_delivery, false},
    [EVENT_RECEIVABLE_CHANGED] = {apply_receivable_changed, false},
    [EVENT_RECEIVABLE_VOIDED] = {apply_receivable_voided, true},
    [EVENT_ENTRY_POSTED] = {apply_entry_posted, true},
    [EVENT_PROMISE_MADE] = {apply_promise_made, false},
    [EVENT_PROMISE_ENDED] = {apply_promise_ended, false},
    [EVENT_PLAN_PROPOSED] = {apply_plan_proposed, false},
    [EVENT_PLAN_ACCEPTED] = {apply_plan_accepted, false},
    [EVENT_PLAN_ENDED] = {apply_plan_ended, false},
    [EVENT_DISPUTE_OPENED] = {apply_dispute_opened, false},
    [EVENT_DISPUTE_SETTLED] = {apply_dispute_settled, false},
    [EVENT_HOLD_SET] = {apply_hold_set, true},
    [EVENT_HOLD_RELEASED] = {apply_hold_released, true},
    [EVENT_TASK_OPENED] = {apply_task_opened, false},
    [EVENT_TASK_ASSIGNED] = {apply_task_assigned, false},
    [EVENT_TASK_DONE] = {apply_task_done, true},
    [EVENT_TASK_REOPENED] = {apply_task_reopened, true},
    [EVENT_CONTACT_MADE] = {apply_contact_made, true},
    [EVENT_STEP_DONE] = {apply_step_done, false},
    [EVENT_STEP_SKIPPED] = {apply_step_done, false},
    [EVENT_REMINDER_COMPOSED] = {apply_reminder_composed, true},
    [EVENT_REMINDER_APPROVED] = {apply_reminder_approved, false},
    [EVENT_REMINDER_CANCELLED] = {apply_reminder_cancelled, true},
    [EVENT_REMINDER_SUBMITTING] = {apply_reminder_submitting, false},
    [EVENT_REMINDER_SUBMITTED] = {apply_reminder_submitted, true},
    [EVENT_REMINDER_SEEN] = {apply_reminder_seen, false},
    [EVENT_REMINDER_FAILED] = {apply_reminder_failed, true},
    [EVENT_DELIVERY_REPORTED] = {apply_delivery_reported, false},
    [EVENT_SETTING_CHANGED] = {apply_setting_changed, false},
    [EVENT_NOTICE_COMPOSED] = {apply_notice_composed, false},
    [EVENT_NOTICE_SUBMITTING] = {apply_notice_submitting, false},
    [EVENT_NOTICE_SUBMITTED] = {apply_notice_submitted, false},
    [EVENT_NOTICE_SEEN] = {apply_notice_seen, false},
    [EVENT_NOTICE_FAILED] = {apply_notice_failed, false},
    [EVENT_ORDER_TAKEN] = {NULL, false},
    [EVENT_LETTER_PRINTED] = {apply_letter_printed, false},
    [EVENT_LETTER_POSTED] = {apply_letter_posted, false},
    [EVENT_NOTE] = {NULL, false},
};
_Static_assert(ARRAY_LENGTH(rows) == EVENT_KIND_COUNT, "every kind of event is applied");

bool apply_event(struct store *store, const struct event *event, const json_t *body,
    int64_t *touched_customer, struct error *error)
{
	enum event_kind kind;
	*touched_customer = 0;
	if (!event_kind_from_word(event->kind, &kind))
		return error_set(error, STATUS_DATA, "event %lld: \"%s\" is no kind of event",
		    (long long)event->sequence, event->kind);
	struct application application = {store, event, body, body_date(body, "on")};
	if (application.on == DATE_NONE)
		return error_set(error, STATUS_DATA, "event %lld: it has no day", (long long)event->sequence);
	if (rows[kind].apply && !rows[kind].apply(&application, error))
		return error_prefix(error, "event %lld (%s)", (long long)event->sequence, event->kind);
	if (rows[kind].touches_customer)
		*touched_customer = event->customer;
	return true;
}
