#include "unit.h"
#include "office.h"

#include "base/buffer.h"
#include "host/file.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

date_t day_of(const char *text)
{
	date_t date = DATE_NONE;
	if (!date_parse(text, &date))
		fail_msg("%s is no day", text);
	return date;
}

static int64_t unread(void *data)
{
	return ((struct office *)data)->unread;
}

void office_sendmail(struct office *office, const char *commands)
{
	char path[160];
	struct error error = {0};
	struct buffer script = BUFFER_EMPTY;
	snprintf(path, sizeof path, "%s/sendmail", office->books.folder);
	buffer_printf(&script,
	    "#!/bin/sh\ncd %s || exit 9\nn=$(ls | grep -c 'mail$')\nn=$((n + 1))\n"
	    "printf '%%s\\n' \"$@\" >$n.arguments\ncat >$n.part && mv $n.part $n.mail\n%s\n",
	    office->mails, commands);
	if (!file_replace(path, script.bytes, script.length, 0700, &error))
		fail_msg("%s", error.text);
	buffer_clear(&script);
}

void office_open(struct office *office, const char *more)
{
	struct error error = {0};
	*office = (struct office){0};
	books_open(&office->books);
	struct books *books = &office->books;
	snprintf(office->mails, sizeof office->mails, "%s/mails", books->folder);
	assert_int_equal(mkdir(office->mails, 0700), 0);
	const char *source = getenv("srcdir");
	char templates[PATH_MAX];
	assert_non_null(realpath(source ? source : "..", templates));
	struct buffer text = BUFFER_EMPTY;
	buffer_printf(&text,
	    "company \"Le Goff\" { domains = {legoff.example} senders = {facturation@legoff.example}\n"
	    " from = \"Anne Le Goff <facturation@legoff.example>\" language = fr phone = \"02 98 00 00 00\"\n"
	    " iban = {\"FR7630006000011234567890189\"} bic = \"AGRIFRPP\"\n"
	    " controllers = {anne@legoff.example, paul@legoff.example} }\n"
	    "time_zone = \"Europe/Paris\" state_dir = \"%s\" sendmail = \"%s/sendmail\"\n"
	    "template_dir = \"%s/conf/templates\" template_extra_dir = \"\"\n%s%s",
	    books->folder, books->folder, templates, strstr(more, "sending") ? "" : "sending = on\n", more);
	if (!config_parse("office.conf", text.bytes, &books->config, &error))
		fail_msg("%s", error.text);
	buffer_clear(&text);
	office_sendmail(office, "exit 0");
	office->zone = zone_new("Europe/Paris", &error);
	assert_non_null(office->zone);
	office->site = (struct dunning_site){.zone = office->zone, .unread = unread, .unread_data = office};
}

void office_close(struct office *office)
{
	char command[256];
	zone_free(office->zone);
	snprintf(command, sizeof command, "rm -rf %s/mails %s/submit %s/sendmail", office->books.folder,
	    office->books.folder, office->books.folder);
	assert_int_equal(system(command), 0);
	books_close(&office->books);
	config_clear(&office->books.config);
}

void office_go(struct office *office, const char *day, int hour)
{
	struct ledger *ledger = &office->books.ledger;
	ledger->today = day_of(day);
	ledger->now = zone_instant(office->zone, ledger->today, hour * 3600);
}

void office_plan(struct office *office)
{
	struct error error = {0};
	if (!plan_touched(&office->books.ledger, &office->site, &error))
		fail_msg("%s", error.text);
	books_commit(&office->books);
}

struct dunning_tick office_tick(struct office *office)
{
	struct error error = {0};
	struct dunning_tick sum = {0}, tick;
	struct books *books = &office->books;
	office_plan(office);
	store_rollback(books->store);
	do {
		if (!dunning_tick(
			books->store, &books->config, &office->site, books->ledger.now, &tick, &error))
			fail_msg("%s", error.text);
		sum.composed += tick.composed;
		sum.tasks += tick.tasks;
		sum.submitted += tick.submitted;
		sum.failed += tick.failed;
		sum.promises_broken += tick.promises_broken;
		sum.promises_kept += tick.promises_kept;
		sum.plans_broken += tick.plans_broken;
	} while (tick.next <= books->ledger.now);
	sum.next = tick.next;
	assert_true(store_begin(books->store, &error));
	return sum;
}

const char *office_action(struct office *office, int64_t receivable)
{
	static char text[256];
	struct error error = {0};
	struct action action;
	bool found;
	if (!action_get(office->books.store, receivable, &action, &found, &error))
		fail_msg("%s", error.text);
	if (!found)
		return "none";
	char day[DATE_TEXT_SIZE];
	snprintf(text, sizeof text, "%s %s %s", action.step, date_format(action.due_on, day),
	    action.guard ? action.guard : "free");
	row_clear(&action_table, &action);
	return text;
}

static char *read_numbered(struct office *office, int number, const char *kind)
{
	char path[192];
	struct error error = {0};
	struct buffer content = BUFFER_EMPTY;
	snprintf(path, sizeof path, "%s/%d.%s", office->mails, number, kind);
	if (!file_read(path, 10000000, &content, &error))
		fail_msg("%s", error.text);
	return buffer_take(&content);
}

int office_mail_count(struct office *office)
{
	int count = 0;
	for (;; count++) {
		char path[192];
		snprintf(path, sizeof path, "%s/%d.mail", office->mails, count + 1);
		if (access(path, F_OK) != 0)
			return count;
	}
}

char *office_mail(struct office *office, int number)
{
	return read_numbered(office, number, "mail");
}

char *office_arguments(struct office *office, int number)
{
	return read_numbered(office, number, "arguments");
}

int64_t office_invoice(
    struct office *office, int64_t customer, const char *number, int64_t total, const char *due)
{
	struct error error = {0};
	struct ledger *ledger = &office->books.ledger;
	char sha256[SHA256_TEXT_SIZE], message_id[128], name[64], subject[64];
	if (!blob_put(ledger->store, number, strlen(number), sha256, &error))
		fail_msg("%s", error.text);
	snprintf(message_id, sizeof message_id, "<%s@legoff.example>", number);
	snprintf(name, sizeof name, "%s.pdf", number);
	snprintf(subject, sizeof subject, "Votre facture %s", number);
	struct receivable_draft draft = {
	    .company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = total < 0 ? "credit_note" : "invoice",
	    .issue_date = day_of(due) - 30,
	    .due_date = day_of(due),
	    .currency = "EUR",
	    .total = total < 0 ? -total : total,
	    .open = INT64_MIN,
	    .message_id = message_id,
	    .subject = subject,
	    .sha256 = sha256,
	    .document_name = name,
	    .document_type = "application/pdf",
	};
	int64_t receivable;
	bool opened;
	if (!act_open_receivable(ledger, &draft, &receivable, &opened, &error))
		fail_msg("%s", error.text);
	assert_true(opened);
	return receivable;
}
