/*
 * One mail to one customer about all that is overdue in one currency: which items, which step leads, what it
 * says, to whom. Collecting and composing write nothing.
 */
#ifndef RELANCE_DUNNING_REMINDER_H
#define RELANCE_DUNNING_REMINDER_H

#include "dunning/chase.h"

struct reminder_item {
	struct chase chase;		/* owned; its receivable is the desk's */
	const struct step_config *step; /* the step that this mail is for it; NULL: it is listed only */
	int64_t amount;			/* what is asked for, in minor units */
};

/*
 * What a mail is about that is no step of a ladder: its words (a template: "broken", "instalment", "thanks",
 * "copy") and what only they name. Borrowed by the reminder until it is cleared.
 */
struct reminder_instalment {
	date_t due_on;
	int64_t amount; /* minor units */
};
struct reminder_occasion {
	const char *template;
	const struct step_config *step; /* whose words they are; NULL: of no step */
	int64_t paid;			/* thanks: what arrived; 0: not said */
	date_t paid_on;			/* thanks; DATE_NONE: not said */
	bool partly;			/* broken: a part of what was promised arrived */
	const struct reminder_instalment *instalments;
	size_t instalment_count;
	const char *answers; /* the Message-ID of the customer's mail that it answers; NULL: the invoice's */
	const char *recipient; /* the address that it goes to; NULL: those that reminders go to */
	const char *line_step; /* of invoices that are chased by several due lines only those that are not
				  paid and whose last step this is; NULL: all in one */
	const date_t *line_on; /* of each receivable, the day on which they came to it; NULL: on any */
};

struct reminder {
	const struct reminder_occasion *occasion; /* NULL: the leading step says what is said */
	GPtrArray *own;				  /* of struct receivable: those of an occasion; NULL: none */
	struct desk *desk;			  /* borrowed */
	struct desk_customer *customer;		  /* of the desk */
	const char *currency;			  /* borrowed of the first item */
	const char *language;			  /* borrowed: the customer's, else the company's */
	const char *notation;			  /* how that is written in its country: notation_tag() */
	GPtrArray *items; /* of struct reminder_item, oldest due date first; each due line of an invoice with
			     several is one */
	struct reminder_item *lead; /* of items: whose step leads; NULL: there is nothing to send */
	GArray *credits; /* of struct credit_share: open credit notes and overpayments, and what of each is
			    taken off what */
	int64_t total;	 /* items less what of the credits is taken off them */
};

/*
 * The items of CUSTOMER whose step by mail is due and that no guard holds, with all else that is overdue and
 * free. The step that is furthest up the ladder leads; one that would be due within the minimum gap is taken
 * along, but for a formal one. Currencies come one after the other: the first that has something to send is
 * taken. LEAD is NULL where nothing is to be sent.
 */
bool reminder_collect(struct reminder *reminder, struct desk *desk, int64_t customer, struct error *error);
/* For a preview: RECEIVABLE leads with STEP, whatever guards say; other overdue items that are free stand
 * beside it. */
bool reminder_collect_for(struct reminder *reminder, struct desk *desk, int64_t receivable,
    const struct step_config *step, struct error *error);
/* The same with the step by NAME, NULL: the next one. STATUS_NO where its ladder has none, or where it is a
 * call or another task. */
bool reminder_collect_named(struct reminder *reminder, struct desk *desk, const struct receivable *receivable,
    const char *name, struct error *error);
/* How many invoices its items are of. */
guint reminder_invoices(const struct reminder *reminder);
/* Whether no item before ITEM is of the same invoice. */
bool reminder_is_first(const struct reminder *reminder, const struct reminder_item *item);
/*
 * For an OCCASION: these COUNT receivables of one customer and currency and nothing else, paid ones as well
 * (thanks, copy). The first leads. What each asks for is all that is open and not disputed. Guards are the
 * caller's duty. STATUS_NO where no due line of any is at the OCCASION's line_step.
 */
bool reminder_collect_occasion(struct reminder *reminder, struct desk *desk, const int64_t *receivables,
    size_t count, const struct reminder_occasion *occasion, struct error *error);
/* Takes the customer's open credit notes and overpayments of the currency off the total, as mails that follow
 * a ladder do by themselves: what of them earlier overdue debts leave. */
bool reminder_net_credits(struct reminder *reminder, struct error *error);
void reminder_clear(struct reminder *reminder);
/* The name of the template that has the reminder's words. */
const char *reminder_template(const struct reminder *reminder);
/* Whether it is a formal notice or later. */
bool reminder_is_formal(const struct reminder *reminder);

/* The mail, composed. */
struct reminder_mail {
	char *message_id; /* "<...>" */
	char *sender;	  /* envelope sender */
	char *recipients; /* separated by spaces */
	char *subject;
	GBytes *bytes; /* RFC 5322 with LF line ends */
};
/* MESSAGE_ID of the caller's choosing. STATUS_CONFIG where a template is wrong, STATUS_NO without recipients.
 */
bool reminder_compose(
    const struct reminder *reminder, const char *message_id, struct reminder_mail *mail, struct error *error);
void reminder_mail_clear(struct reminder_mail *mail);

/* "Anne Le Goff <billing@legoff.example>" into its parts (g_free); NAME is NULL where there is none. */
void mailbox_split(const char *mailbox, char **name, char **address);

#endif
