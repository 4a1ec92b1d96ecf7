#include "base/base.h"
#include "ledger/event.h"

static const char *const words[] = {
    [EVENT_CUSTOMER_OPENED] = "customer.opened",
    [EVENT_CUSTOMER_CHANGED] = "customer.changed",
    [EVENT_CONTACT_ADDED] = "contact.added",
    [EVENT_CONTACT_CHANGED] = "contact.changed",
    [EVENT_MESSAGE_RECORDED] = "message.recorded",
    [EVENT_MESSAGE_ALIAS] = "message.alias",
    [EVENT_MESSAGE_LINKED] = "message.linked",
    [EVENT_MESSAGE_UNLINKED] = "message.unlinked",
    [EVENT_MESSAGE_REVIEWED] = "message.reviewed",
    [EVENT_RECEIVABLE_OPENED] = "receivable.opened",
    [EVENT_RECEIVABLE_SENT_AGAIN] = "receivable.sent_again",
    [EVENT_RECEIVABLE_DELIVERY] = "receivable.delivery",
    [EVENT_RECEIVABLE_CHANGED] = "receivable.changed",
    [EVENT_RECEIVABLE_VOIDED] = "receivable.voided",
    [EVENT_ENTRY_POSTED] = "entry.posted",
    [EVENT_PROMISE_MADE] = "promise.made",
    [EVENT_PROMISE_ENDED] = "promise.ended",
    [EVENT_PLAN_PROPOSED] = "plan.proposed",
    [EVENT_PLAN_ACCEPTED] = "plan.accepted",
    [EVENT_PLAN_ENDED] = "plan.ended",
    [EVENT_DISPUTE_OPENED] = "dispute.opened",
    [EVENT_DISPUTE_SETTLED] = "dispute.settled",
    [EVENT_HOLD_SET] = "hold.set",
    [EVENT_HOLD_RELEASED] = "hold.released",
    [EVENT_TASK_OPENED] = "task.opened",
    [EVENT_TASK_ASSIGNED] = "task.assigned",
    [EVENT_TASK_DONE] = "task.done",
    [EVENT_TASK_REOPENED] = "task.reopened",
    [EVENT_CONTACT_MADE] = "contact.made",
    [EVENT_STEP_DONE] = "step.done",
    [EVENT_STEP_SKIPPED] = "step.skipped",
    [EVENT_REMINDER_COMPOSED] = "reminder.composed",
    [EVENT_REMINDER_APPROVED] = "reminder.approved",
    [EVENT_REMINDER_CANCELLED] = "reminder.cancelled",
    [EVENT_REMINDER_SUBMITTING] = "reminder.submitting",
    [EVENT_REMINDER_SUBMITTED] = "reminder.submitted",
    [EVENT_REMINDER_SEEN] = "reminder.seen",
    [EVENT_REMINDER_FAILED] = "reminder.failed",
    [EVENT_DELIVERY_REPORTED] = "delivery.reported",
    [EVENT_SETTING_CHANGED] = "setting.changed",
    [EVENT_NOTICE_COMPOSED] = "notice.composed",
    [EVENT_NOTICE_SUBMITTING] = "notice.submitting",
    [EVENT_NOTICE_SUBMITTED] = "notice.submitted",
    [EVENT_NOTICE_SEEN] = "notice.seen",
    [EVENT_NOTICE_FAILED] = "notice.failed",
    [EVENT_ORDER_TAKEN] = "order.taken",
    [EVENT_LETTER_PRINTED] = "letter.printed",
    [EVENT_LETTER_POSTED] = "letter.posted",
    [EVENT_NOTE] = "note",
};
_Static_assert(ARRAY_LENGTH(words) == EVENT_KIND_COUNT, "every kind of event has its word");

const char *event_kind_word(enum event_kind kind)
{
	return words[kind];
}

bool event_kind_from_word(const char *word, enum event_kind *kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (!strcmp(words[i], word)) {
			*kind = (enum event_kind)i;
			return true;
		}
	return false;
}
