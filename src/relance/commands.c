#include "base/base.h"
#include "relance/command.h"

#define ANY (-1)

const struct command commands[] = {
    {"status", GROUP_REPORTS, ACCESS_CONFIG, "", 0, 0,
	"how the installation and the books are, on one screen", status_option_rows, run_status},
    {"list", GROUP_REPORTS, ACCESS_READ, "[CUSTOMER]", 0, 1,
	"the open invoices, what is going on and what comes next", list_option_rows, run_list},
    {"show", GROUP_REPORTS, ACCESS_READ, "INV...", 1, ANY, "all that is known of an invoice", NULL, run_show},
    {"customer", GROUP_REPORTS, ACCESS_READ, "[CUSTOMER]", 0, 1,
	"a customer: contacts, invoices, payment behaviour; or the list of all", NULL, run_customer},
    {"timeline", GROUP_REPORTS, ACCESS_READ, "INV|CUSTOMER", 1, 1,
	"what happened, when, and on what evidence", timeline_option_rows, run_timeline},
    {"why", GROUP_REPORTS, ACCESS_READ, "INV", 1, 1, "what comes next and when, or which guard holds it",
	NULL, run_why},
    {"forecast", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "what will be sent, and the cash to expect",
	forecast_option_rows, run_forecast},
    {"aging", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "what is open by age, for each customer", NULL,
	run_aging},
    {"interest", GROUP_REPORTS, ACCESS_READ_OR_ACT, "INV [claim | waive | keep]", 1, 2,
	"late interest and compensation, line by line, and what is to become of it", interest_option_rows,
	run_interest},
    {"policy", GROUP_REPORTS, ACCESS_READ_OR_ACT, "[show] INV|CUSTOMER | set INV|CUSTOMER LADDER", 1, 3,
	"the ladder, language, calendar and law that apply, and where they come from", NULL, run_policy},
    {"calls", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "the telephone calls to make", NULL, run_calls},
    {"promises", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "the promises to pay that are running", NULL,
	run_promises},
    {"disputes", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "the open disputes", NULL, run_disputes},
    {"bounces", GROUP_REPORTS, ACCESS_READ, "", 0, 0, "the addresses that mail does not reach", NULL,
	run_bounces},

    {"pay", GROUP_ACTING, ACCESS_WRITE, "INV AMOUNT", 2, 2, "enter a payment", entry_option_rows, run_pay},
    {"credit", GROUP_ACTING, ACCESS_WRITE, "INV AMOUNT", 2, 2, "enter a credit", entry_option_rows,
	run_credit},
    {"write-off", GROUP_ACTING, ACCESS_WRITE, "INV AMOUNT", 2, 2, "give an amount up", entry_option_rows,
	run_write_off},
    {"bank", GROUP_ACTING, ACCESS_LIST_OR_WRITE, "[list | checked [DATE]]", 0, 2,
	"up to when the bank accounts were looked at", NULL, run_bank},
    {"hold", GROUP_ACTING, ACCESS_WRITE, "INV|CUSTOMER", 1, 1, "send no reminders for it", hold_option_rows,
	run_hold},
    {"release", GROUP_ACTING, ACCESS_WRITE, "INV|CUSTOMER", 1, 1, "end its holds", release_option_rows,
	run_release},
    {"promise", GROUP_ACTING, ACCESS_WRITE, "INV DATE [AMOUNT]", 2, 3, "note a promise to pay", NULL,
	run_promise},
    {"plan", GROUP_ACTING, ACCESS_LIST_OR_WRITE,
	"[list | show INV | propose INV DATE AMOUNT... | accept INV | refuse INV | withdraw INV]", 0, ANY,
	"payment by instalments", plan_option_rows, run_plan},
    {"contact", GROUP_ACTING, ACCESS_WRITE, "CUSTOMER add ADDRESS | drop ADDRESS | replace OLD NEW", 3, 4,
	"the addresses of a customer", NULL, run_contact},
    {"insolvency", GROUP_ACTING, ACCESS_WRITE, "CUSTOMER [DATE]", 1, 2,
	"note insolvency proceedings, published on that day", insolvency_option_rows, run_insolvency},
    {"dispute", GROUP_ACTING, ACCESS_WRITE, "INV [REASON] [AMOUNT]", 1, 3, "note a dispute",
	dispute_option_rows, run_dispute},
    {"settle", GROUP_ACTING, ACCESS_WRITE, "INV", 1, 1, "end the disputes of an invoice", settle_option_rows,
	run_settle},
    {"approve", GROUP_ACTING, ACCESS_WRITE, "[ID...]", 0, ANY,
	"let the reminders go that wait for a person (alone: all)", approve_option_rows, run_approve},
    {"task", GROUP_ACTING, ACCESS_LIST_OR_WRITE,
	"[list | done ID [OUTCOME [DATE | REASON] [AMOUNT]] | assign ID NAME]", 0, 5, "the tasks for people",
	task_option_rows, run_task},
    {"review", GROUP_ACTING, ACCESS_LIST_OR_WRITE, "[MESSAGE [accept | ignore | as INTENT]]", 0, 3,
	"the messages that need a person", review_option_rows, run_review},
    {"learn", GROUP_ACTING, ACCESS_OWN, "", 0, 0, "what the reading could learn from what people decided",
	learn_option_rows, run_learn},
    {"link", GROUP_ACTING, ACCESS_WRITE, "MESSAGE INV", 2, 2, "say that a message is about an invoice", NULL,
	run_link},
    {"unlink", GROUP_ACTING, ACCESS_WRITE, "MESSAGE INV", 2, 2, "say that it is not", NULL, run_unlink},
    {"undo", GROUP_ACTING, ACCESS_WRITE, "EVENT", 1, 1, "enter the opposite of an event", NULL, run_undo},
    {"pause", GROUP_ACTING, ACCESS_WRITE, "", 0, 0, "stop all sending at once", NULL, run_pause},
    {"resume", GROUP_ACTING, ACCESS_WRITE, "", 0, 0, "send again", NULL, run_resume},

    {"read", GROUP_MAIL, ACCESS_NONE, "FILE...", 1, ANY, "what is understood of mails and documents", NULL,
	run_read},
    {"teach", GROUP_MAIL, ACCESS_NONE, "[FILE FIELD=VALUE...]...", 0, ANY,
	"teach by example how the own invoices are laid out", teach_option_rows, run_teach},
    {"explain", GROUP_MAIL, ACCESS_READ, "FILE...", 1, ANY, "read, match and decide, without writing", NULL,
	run_explain},
    {"preview", GROUP_MAIL, ACCESS_READ, "INV", 1, 1, "the reminder as it would go out", preview_option_rows,
	run_preview},
    {"letter", GROUP_MAIL, ACCESS_READ, "INV", 1, 1, "the reminder as a letter (PDF)", letter_option_rows,
	run_letter},
    {"retry", GROUP_MAIL, ACCESS_CONFIG, "[ID...]", 0, ANY, "read messages again that could not be read",
	NULL, run_retry},

    {"init", GROUP_RUNNING, ACCESS_NONE, "", 0, 0, "make the folders and the store", init_option_rows,
	run_init},
    {"import", GROUP_RUNNING, ACCESS_OWN, "invoices|customers|mail FILE...", 2, ANY,
	"take in invoices, customers or past mail", import_option_rows, run_import},
    {"doctor", GROUP_RUNNING, ACCESS_NONE, "", 0, 0, "check the installation and the mail server",
	doctor_option_rows, run_doctor},
    {"check", GROUP_RUNNING, ACCESS_CONFIG, "", 0, 0, "check the store, the journal's chain and the books",
	NULL, run_check},
    {"rebuild", GROUP_RUNNING, ACCESS_OWN, "", 0, 0, "derive the books anew from the journal and compare",
	rebuild_option_rows, run_rebuild},
    {"migrate", GROUP_RUNNING, ACCESS_CONFIG, "", 0, 0, "bring the store to the present form", NULL,
	run_migrate},
    {"backup", GROUP_RUNNING, ACCESS_CONFIG, "FILE", 1, 1, "copy the store while it is used", NULL,
	run_backup},
    {"restore", GROUP_RUNNING, ACCESS_CONFIG, "FILE", 1, 1, "put a copy back", restore_option_rows,
	run_restore},
    {"metrics", GROUP_RUNNING, ACCESS_CONFIG, "", 0, 0, "counters for Prometheus", NULL, run_metrics},
    {"clock", GROUP_RUNNING, ACCESS_CONFIG, "[INSTANT]", 0, 1, "show or set the test clock", NULL, run_clock},
    {"completion", GROUP_RUNNING, ACCESS_NONE, "bash|zsh|fish", 1, 1, "print the shell's completion", NULL,
	run_completion},
    {"help", GROUP_RUNNING, ACCESS_NONE, "[COMMAND]", 0, 1, "explain a command", NULL, run_help},
};
const size_t command_count = ARRAY_LENGTH(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const char *command_group_title(enum command_group group)
{
	static const char *const titles[GROUP_COUNT] = {[GROUP_REPORTS] = "Reports",
	    [GROUP_ACTING] = "Acting",
	    [GROUP_MAIL] = "Mail",
	    [GROUP_RUNNING] = "Running it"};
	return titles[group];
}
