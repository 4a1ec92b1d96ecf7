/*
 * One run of the command: what was asked for, and what was opened for it. main() opens what the command's row
 * says and closes it again; commands use the fields and the look-ups below.
 */
#ifndef RELANCE_RELANCE_SESSION_H
#define RELANCE_RELANCE_SESSION_H

#include "base/config.h"
#include "dunning/plan.h"
#include "host/clock.h"
#include "ledger/ledger.h"
#include "relance/command.h"
#include "report/printer.h"
#include "store/rows_party.h"
#include "store/rows_receivable.h"

#include <sys/types.h>

struct common_options {
	const char *config;
	int format; /* enum printer_format, -1: table */
	bool json, lines;
	struct date_option as_of;
	const char *company;
	const char *lang;
	bool quiet, verbose;
	const char *now;
	bool help, version;
};
extern const struct option_row common_rows[];

struct session {
	const struct command *command;
	struct common_options common;
	void *options; /* the command's own, as its rows fill them */
	char **arguments;
	int argument_count;
	enum access access;	 /* what was opened */
	enum exit_status status; /* of success: STATUS_NO when the answer is "no" */
	/* from ACCESS_CONFIG on */
	struct config config;
	struct zone *zone;
	instant_t now;
	date_t today;
	date_t as_of; /* --as-of, else today */
	/* from ACCESS_READ on */
	struct store *store;
	struct ledger ledger; /* its store, config, now and today; for writing only in ACCESS_WRITE */
	struct dunning_site site;
	char *actor;
	/* made at the first use */
	struct printer *printer;
	bool has_config, has_ledger;
};

/* Opens what ACCESS needs. */
bool session_open(struct session *session, enum access access, struct error *error);
/* After the command: plans and commits (or rolls back when it FAILED), ends the printer's output. */
bool session_finish(struct session *session, bool failed, struct error *error);
/* Frees everything. */
void session_close(struct session *session);

/* "relance: WHAT: DETAIL" on standard error, safe for a terminal. */
void session_tell(const struct error *error);

/* The printer of -f, --json, --lines and --lang on standard output. */
struct printer *session_printer(struct session *session);
bool session_is_json(const struct session *session);
/* That of --lang, else of the environment; NULL where neither names one that there is. */
const char *session_language(const struct session *session);
/* Location of the store ("STATE_DIR/relance.db"); free with free(). */
char *session_store_location(const struct session *session);
/* The file of -c, or the default one. */
const char *session_config_path(const struct session *session);

/* The process of the running daemon, 0: none runs. */
pid_t session_daemon(const struct session *session);
/* STATUS_TRY_AGAIN while it runs. */
bool session_daemon_is_down(const struct session *session, struct error *error);

/* For "user:LOGIN" in the journal. A transaction of its own for ACCESS_OWN commands: begin, then
 * session_commit. */
bool session_begin(struct session *session, struct error *error);
bool session_commit(struct session *session, struct error *error);
void session_rollback(struct session *session);

/* The company of --company, else the only one there is (STATUS_USAGE where that is not clear). */
bool session_company(const struct session *session, const char **company, struct error *error);
/* TEXT as a date (date_from_words); STATUS_USAGE. */
bool session_date(const struct session *session, const char *text, date_t *date, struct error *error);
/* TEXT as an instant: RFC 3339, or a date with or without HH:MM[:SS] in the configured zone, or +8d from now.
 */
bool session_instant(
    const struct session *session, const char *text, instant_t *instant, struct error *error);
/* "1188.00", "1 188,00"; false for what is no amount in CURRENCY or can be read in two ways ("1.188"). */
bool amount_from_text(const char *text, const char *currency, struct money *amount);
/* TEXT as an amount > 0 in CURRENCY ("1188.00", "1 188,00"); STATUS_USAGE. */
bool session_amount(const char *text, const char *currency, int64_t *minor, struct error *error);
/* An id as the tables show it ("12" or "#12"). */
bool session_id(const char *text, int64_t *id, struct error *error);
/* The invoice of that number; STATUS_NO where there is none, STATUS_USAGE where several companies have it.
 * Clear it with row_clear(&receivable_table, …). */
bool session_receivable(
    struct session *session, const char *number, struct receivable *receivable, struct error *error);
/* The customer by reference, name, address or #id. */
bool session_customer(
    struct session *session, const char *text, struct customer *customer, struct error *error);

/* Whether TEXT is one of the reasons of a dispute. */
bool dispute_reason_known(const char *text);

/* One that is either: RECEIVABLE.id 0 when it is a customer. CUSTOMER is filled in both cases. */
struct subject {
	struct customer customer;
	struct receivable receivable;
};
bool session_subject(struct session *session, const char *text, struct subject *subject, struct error *error);
void subject_clear(struct subject *subject);

#endif
