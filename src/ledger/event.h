/* clang-format off */
/*
 * The kinds of events and the keys of their bodies. Keys in brackets may be null. Amounts are decimal strings in the
 * receivable's currency, dates ISO 8601, instants and ids integers. journal_append adds "on", the civil day, to every
 * body. What an event does to the derived tables is in ledger/apply*.c.
 *
 *	customer.opened      company name kind [language country region legal_id vat_id domain reference address ladder phone]
 *	customer.changed     the columns to set, each with its new value
 *	contact.added        address [name] role state [reason]
 *	contact.changed      contact, and of role state reason answered_at name those that change
 *	message.recorded     company direction [message_id] sent_at received_at [from_address from_name recipients subject]
 *	                     kind [language intent] confidence authenticated state [sha256 queue_id reading]
 *	message.alias        message_id: a foreign id under which this message is known, too
 *	message.linked       status score evidence
 *	message.unlinked     (the link becomes "refused")
 *	message.reviewed     decision [intent value words]: "as" says what it means
 *	receivable.opened    company number kind [issue_date] due_date currency total [message_id subject sha256
 *	                     document_name document_type order_number payment_reference iban preceding]
 *	                     due_lines (date, amount) delivery; posts the first entry
 *	receivable.sent_again message_id
 *	receivable.delivery  delivery: unknown sent relayed delivered failed
 *	receivable.changed   the columns to set (ladder, interest), each with its new value or null; [reason]
 *	receivable.voided    [reason]
 *	entry.posted         kind amount date [reference]: kind payment credit write_off lower the open amount by AMOUNT;
 *	                     fee interest compensation raise it, correction adds the signed AMOUNT
 *	promise.made         [date amount]; a running promise of the receivable is withdrawn
 *	promise.ended        promise state: kept partly broken withdrawn
 *	plan.proposed        rates (date, amount); an earlier proposal for the receivable is withdrawn
 *	plan.accepted        plan; one that runs is withdrawn
 *	plan.ended           plan state: refused done broken withdrawn
 *	dispute.opened       reason [amount owner due_on]: of the due line of that day
 *	dispute.settled      dispute [how]
 *	hold.set             kind [until reason]; RECEIVABLE 0 holds the whole customer
 *	hold.released        hold [reason]
 *	task.opened          company kind title [detail owner due_on line]
 *	task.assigned        task owner
 *	task.done            task [outcome]
 *	task.reopened        task: the entry that had ended it was taken back
 *	contact.made         how: a person contacted the customer by other means (call, own mail); [step line] counts as
 *	                     that step
 *	step.done            step [how line]: a step that is no mail (a call's task was opened, a letter printed)
 *	step.skipped         step [reason]
 *	reminder.composed    company step channel message_id sender recipients [subject] sha256 state
 *	                     [paid, paid_on: what thanks are for]
 *	                     items (receivable, [line,] step, amount): LINE is the number of a due line from 1,
 *	                     where a receivable has several; what names none is about all that was due by then
 *	reminder.approved    outbox
 *	reminder.cancelled   outbox [reason]
 *	reminder.submitting  outbox
 *	reminder.submitted   outbox [contact: "none" where it counts as no contact]
 *	reminder.seen        outbox [contact]
 *	reminder.failed      outbox failure [again: "yes" keeps it ready to be submitted again]
 *	delivery.reported    message_id recipient action [status reason remote diagnostic]
 *	setting.changed      name value
 *	notice.composed      company kind message_id sender recipients [subject] sha256
 *	notice.submitting    notice
 *	notice.submitted     notice
 *	notice.seen          notice
 *	notice.failed        notice failure [again]
 *	order.taken          company from message_id how sha256 lines (line, outcome): orders that a controller gave by mail
 *	letter.printed       company step [task] sha256 [lines]: LINES, the numbers of the due lines that it is about
 *	                     where the receivable has several
 *	letter.posted        company step [letter] [tracking] posted_on
 *	note                 text
 */
/* clang-format on */
#ifndef RELANCE_LEDGER_EVENT_H
#define RELANCE_LEDGER_EVENT_H

#include "base/base.h"

enum event_kind {
	EVENT_CUSTOMER_OPENED,
	EVENT_CUSTOMER_CHANGED,
	EVENT_CONTACT_ADDED,
	EVENT_CONTACT_CHANGED,
	EVENT_MESSAGE_RECORDED,
	EVENT_MESSAGE_ALIAS,
	EVENT_MESSAGE_LINKED,
	EVENT_MESSAGE_UNLINKED,
	EVENT_MESSAGE_REVIEWED,
	EVENT_RECEIVABLE_OPENED,
	EVENT_RECEIVABLE_SENT_AGAIN,
	EVENT_RECEIVABLE_DELIVERY,
	EVENT_RECEIVABLE_CHANGED,
	EVENT_RECEIVABLE_VOIDED,
	EVENT_ENTRY_POSTED,
	EVENT_PROMISE_MADE,
	EVENT_PROMISE_ENDED,
	EVENT_PLAN_PROPOSED,
	EVENT_PLAN_ACCEPTED,
	EVENT_PLAN_ENDED,
	EVENT_DISPUTE_OPENED,
	EVENT_DISPUTE_SETTLED,
	EVENT_HOLD_SET,
	EVENT_HOLD_RELEASED,
	EVENT_TASK_OPENED,
	EVENT_TASK_ASSIGNED,
	EVENT_TASK_DONE,
	EVENT_TASK_REOPENED,
	EVENT_CONTACT_MADE,
	EVENT_STEP_DONE,
	EVENT_STEP_SKIPPED,
	EVENT_REMINDER_COMPOSED,
	EVENT_REMINDER_APPROVED,
	EVENT_REMINDER_CANCELLED,
	EVENT_REMINDER_SUBMITTING,
	EVENT_REMINDER_SUBMITTED,
	EVENT_REMINDER_SEEN,
	EVENT_REMINDER_FAILED,
	EVENT_DELIVERY_REPORTED,
	EVENT_SETTING_CHANGED,
	EVENT_NOTICE_COMPOSED,
	EVENT_NOTICE_SUBMITTING,
	EVENT_NOTICE_SUBMITTED,
	EVENT_NOTICE_SEEN,
	EVENT_NOTICE_FAILED,
	EVENT_ORDER_TAKEN,
	EVENT_LETTER_PRINTED,
	EVENT_LETTER_POSTED,
	EVENT_NOTE,
	EVENT_KIND_COUNT,
};

const char *event_kind_word(enum event_kind kind);
bool event_kind_from_word(const char *word, enum event_kind *kind);

#endif
