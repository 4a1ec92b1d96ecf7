/*
 * The commands. How to add one: write src/relance/NAME.c with its option rows and its run function, declare
 * both below, add the row to the table in commands.c, describe it in man/relance.1, and give tests/cli a
 * sentence about it. Help, completion and the access it gets all come from the row.
 */
#ifndef RELANCE_RELANCE_COMMAND_H
#define RELANCE_RELANCE_COMMAND_H

#include "base/base.h"
#include "relance/options.h"

struct session;

enum access {
	ACCESS_NONE,   /* nothing is opened: works without a configuration */
	ACCESS_CONFIG, /* the configuration and the clock */
	ACCESS_READ,   /* and the store, within one reading transaction */
	ACCESS_WRITE, /* and the ledger, within one transaction that is committed when the command succeeds */
	ACCESS_LIST_OR_WRITE, /* ACCESS_READ without arguments or with "list" or "show", else ACCESS_WRITE */
	ACCESS_READ_OR_ACT, /* ACCESS_WRITE where one of several arguments is set, claim, waive or keep, else
			       ACCESS_READ */
	ACCESS_OWN,	    /* the store opened for writing; the command makes its own transactions */
};

enum command_group { GROUP_REPORTS, GROUP_ACTING, GROUP_MAIL, GROUP_RUNNING, GROUP_COUNT };

struct command {
	const char *name;
	enum command_group group;
	enum access access;
	const char *arguments; /* for the usage line; "" for none */
	int least, most;       /* number of arguments; most -1: any number */
	const char *summary;
	const struct option_row *options; /* of its own; NULL: none beside the common ones */
	/* False: ERROR has "WHAT: DETAIL" and the exit status. */
	bool (*run)(struct session *session, struct error *error);
};

extern const struct command commands[];
extern const size_t command_count;
/* NULL where there is none of that name. */
const struct command *command_find(const char *name);
const char *command_group_title(enum command_group group);

/* The usage and the options of one command, and the list of all. */
void help_command(const struct command *command, struct buffer *text);
void help_overview(struct buffer *text);

#define COMMAND(name) bool run_##name(struct session *session, struct error *error)
COMMAND(aging);
COMMAND(approve);
COMMAND(backup);
COMMAND(bank);
COMMAND(bounces);
COMMAND(calls);
COMMAND(check);
COMMAND(clock);
COMMAND(completion);
COMMAND(contact);
COMMAND(credit);
COMMAND(customer);
COMMAND(digest);
COMMAND(dispute);
COMMAND(disputes);
COMMAND(doctor);
COMMAND(explain);
COMMAND(forecast);
COMMAND(help);
COMMAND(hold);
COMMAND(import);
COMMAND(init);
COMMAND(insolvency);
COMMAND(interest);
COMMAND(learn);
COMMAND(letter);
COMMAND(link);
COMMAND(list);
COMMAND(metrics);
COMMAND(migrate);
COMMAND(pause);
COMMAND(pay);
COMMAND(plan);
COMMAND(policy);
COMMAND(posted);
COMMAND(preview);
COMMAND(print);
COMMAND(promise);
COMMAND(promises);
COMMAND(read);
COMMAND(rebuild);
COMMAND(release);
COMMAND(restore);
COMMAND(resume);
COMMAND(retry);
COMMAND(review);
COMMAND(settle);
COMMAND(show);
COMMAND(status);
COMMAND(task);
COMMAND(teach);
COMMAND(timeline);
COMMAND(undo);
COMMAND(unlink);
COMMAND(why);
COMMAND(write_off);
#undef COMMAND

/* The option rows of the commands that have their own; entry: pay, credit, write-off. */
extern const struct option_row approve_option_rows[], digest_option_rows[], dispute_option_rows[],
    doctor_option_rows[], entry_option_rows[], forecast_option_rows[], hold_option_rows[],
    import_option_rows[], init_option_rows[], insolvency_option_rows[], interest_option_rows[],
    learn_option_rows[], letter_option_rows[], list_option_rows[], plan_option_rows[], posted_option_rows[],
    preview_option_rows[], print_option_rows[], rebuild_option_rows[], release_option_rows[],
    restore_option_rows[], review_option_rows[], settle_option_rows[], status_option_rows[],
    task_option_rows[], teach_option_rows[], timeline_option_rows[];

#endif
