/*
 * The configuration: one file (relance.conf(5)) as a typed struct. Parsing is pure: the caller reads the file
 * and may put /etc/relance/conf.d drop-ins behind it. The table of keys in config.c is the only place that
 * knows names, defaults and what is allowed; the man page is checked against it.
 */
#ifndef RELANCE_BASE_CONFIG_H
#define RELANCE_BASE_CONFIG_H

#include "base/base.h"
#include "base/buffer.h"

struct text_list {
	char **items; /* owned; never NULL where count > 0 */
	size_t count;
};

enum sending { SENDING_OFF, SENDING_APPROVE, SENDING_ON };

/* What a sure answer of a customer does to the plan. */
enum answer_action {
	ANSWER_NOTE, /* it is recorded, nothing else */
	ANSWER_HOLD,
	ANSWER_PROMISE,
	ANSWER_DISPUTE,
	ANSWER_STOP,	/* the whole customer, until a person releases it */
	ANSWER_ADDRESS, /* the address is bad */
};
/* What becomes of an address that the answer names. */
enum answer_contact { ANSWER_CONTACT_IGNORE, ANSWER_CONTACT_PROPOSE, ANSWER_CONTACT_ADOPT };

/* A row of the table of effects: `effect "paid" { days = 5d }`. */
struct effect_config {
	char *name; /* an intent's word, or doubtful, unverified, bounce */
	enum answer_action action;
	int days;   /* of a hold where the mail names no day, or behind the day that it names */
	int most;   /* whatever day the mail names; of unverified: in any 90 days together */
	char *task; /* kind of the task that goes with it; "none" */
	int task_days;
	enum answer_contact contact;
};

/* A creditor: `company "Menuiserie Le Goff SARL" { ... }`; several per installation. */
struct company_config {
	char *name;		      /* the block's title; the key of the company everywhere */
	struct text_list domains;     /* our mail domains, lower case */
	struct text_list senders;     /* addresses that invoices are sent from, lower case */
	struct text_list mailboxes;   /* watched addresses that answers come to; default: the senders */
	struct text_list controllers; /* people who get tasks and the digest */
	char *from;	/* mailbox that reminders come from: "Anne Le Goff <facturation@legoff.example>" */
	char *language; /* fr en de es it nl: of mails to customers whose language is not known */
	char *country;	/* ISO 3166-1 alpha-2 */
	char *region;	/* ISO 3166-2 subdivision or "" */
	char *currency; /* ISO 4217 of amounts without one */
	char *ladder;	/* name of the ladder for its customers */
	char *address;	/* postal address, lines separated by newlines; "" where not given */
	char *legal_id; /* SIREN, SIRET, register number; "" */
	char *vat_id;	/* "" */
	char *phone;	/* "" */
	struct text_list closing_days; /* of base/closing_days.h */
	struct text_list iban;	       /* our accounts, without spaces */
	char *bic;		       /* "" */
	bool creditor_reference;       /* payments are asked for under a reference of ISO 11649 */
	char *digest;		       /* time of day of the daily mail to the controllers: "07:30"; "off" */
	bool resend;		       /* who asks for a copy of an invoice gets it */
	bool confirm_payments;	       /* who has paid is thanked */
	bool confirm_instalments;      /* what was agreed on instalments is written to the customer */
	int64_t interest_rate; /* that contracts with businesses name, thousandths of a percent; 0: none */
	struct effect_config *effects; /* as many as those of the installation, in their order */
	size_t effect_count;
};

enum step_anchor { ANCHOR_DUE, ANCHOR_PREVIOUS, ANCHOR_END_OF_MONTH, ANCHOR_PROMISE };
enum step_channel { CHANNEL_MAIL, CHANNEL_LETTER, CHANNEL_CALL, CHANNEL_TASK };

struct step_config {
	char *name; /* "first-reminder" */
	enum step_anchor anchor;
	int offset; /* days, may be negative */
	bool business_days;
	enum step_channel channel;
	char *template; /* file name stem in the templates folder; default: the step's name */
	bool approval;	/* a person must approve it, whatever `sending` says */
	int term;	/* days that it gives to pay, where its words name them */
	/* For whom it is; others go on to the step behind it. */
	struct text_list kinds;	    /* of customers: business public consumer; empty: all */
	struct text_list languages; /* of the mails to them; empty: all */
	int64_t minimum,
	    maximum; /* what is open, in thousandths of the currency's unit, MAXIMUM not counted; 0: any */
};

struct ladder_config {
	char *name;
	struct step_config *steps; /* in order */
	size_t step_count;
};

struct config {
	/* running */
	char *socket;	    /* milter socket: "unix:/path" or "inet:port@host" */
	int socket_mode;    /* permissions of a unix socket, e.g. 0660 */
	char *socket_group; /* "" leaves it */
	char *user;	    /* to run as when started by root; "" stays */
	char *state_dir;    /* store, documents */
	char *spool_dir;
	char *run_dir; /* pid file, reader socket, watchlist */
	char *lexicon_dir;
	char *lexicon_extra_dir; /* the site's own lexicons */
	char *layout_dir;	 /* invoices taught by example */
	char *template_dir;
	char *template_extra_dir;
	char *sendmail; /* path of sendmail(1) */
	char *log;	/* "syslog" or "stderr" */
	/* which mail */
	struct text_list networks;     /* client networks that count as ours: "127.0.0.0/8", "::1/128" */
	struct text_list authserv_ids; /* whose Authentication-Results are believed */
	int64_t max_message_size;      /* bytes */
	int max_messages;	       /* concurrent messages of interest */
	int64_t max_spool_size;	       /* bytes */
	/* reading */
	int readers;	    /* concurrent workers */
	int reader_seconds; /* CPU and wall clock per message */
	int64_t reader_memory;
	/* planning and sending */
	enum sending sending;
	char *time_zone;    /* "Europe/Paris": of the company's business hours and civil days */
	int business_start; /* second of the day */
	int business_end;
	int daily_cap;	     /* reminders a day, all companies together; 0: none */
	int promise_grace;   /* days after a promised date */
	int minimum_gap;     /* days between two contacts with one customer */
	int weekly_cap;	     /* mails to one customer in seven days; 0: no cap */
	int delivered_after; /* days after which a reminder that did not come back counts as delivered; 0:
				never */
	bool waive_interest; /* late interest may be waived */
	int bank_data_age;   /* business days of banks that bank data may be old; 0: any number */
	int receipt_wait;    /* seconds until a submission that nobody saw pass is doubtful */
	int hold_ack, hold_paid, hold_unknown; /* days that such an answer holds the plan */
	int confidence;	   /* thousandths: at or above, a reading has its effect without a person */
	int64_t tolerance; /* open amounts up to this many minor units count as paid */
	bool resend;	   /* of companies that do not say */
	bool test_clock;   /* --now is allowed */
	/* who and how */
	struct company_config *companies;
	size_t company_count;
	struct ladder_config *ladders;
	size_t ladder_count;
	struct effect_config *effects; /* the whole table, always */
	size_t effect_count;
};

/*
 * Parses TEXT; NAME is the file's name for messages. False: ERROR has "NAME:LINE: KEY: what is wrong;
 * allowed: …" with STATUS_CONFIG, and CONFIG is left empty. CONFIG is in caller storage; config_clear() frees
 * what it owns.
 */
bool config_parse(const char *name, const char *text, struct config *config, struct error *error);
void config_clear(struct config *config);

/* Look-ups; NULL where there is none. Addresses and domains are compared without case. */
const struct company_config *config_company(const struct config *config, const char *name);
const struct company_config *config_company_of_sender(const struct config *config, const char *address);
const struct company_config *config_company_of_mailbox(const struct config *config, const char *address);
const struct company_config *config_company_of_domain(const struct config *config, const char *address);
const struct ladder_config *config_ladder(const struct config *config, const char *name);
/* The row NAME of the table of effects, as it is for COMPANY (NULL or unknown: for the installation). Never
 * NULL for a name of that table. */
const struct effect_config *config_effect(const struct config *config, const char *company, const char *name);
bool text_list_has(const struct text_list *list, const char *text); /* without case */

/* One documented key, for `relanced -t`, the man page's test and `relance config`. */
struct config_key_info {
	const char *section; /* "", "company", "effect", "step" */
	const char *name;
	const char *allowed;  /* in words */
	const char *fallback; /* the default as one would write it */
};
const struct config_key_info *config_keys(size_t *count);
/* Writes the effective configuration in the file's own syntax. */
void config_dump(const struct config *config, struct buffer *text);

#endif
