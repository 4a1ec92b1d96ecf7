/*
 * How long 1,000 reminders take to compose, each with its payment code and an attachment of 100 kB:
 * collecting the items, the words in text and HTML, the picture, the mail's bytes. Prints the seconds of the
 * process.
 * `composing FOLDER` finds the templates in that source tree.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "dunning/reminder.h"
#include "ledger/act.h"

#include <glib/gstdio.h>
#include <limits.h>
#include <sysexits.h>
#include <time.h>

#define MAILS	   1000
#define TODAY	   20514 /* 2026-03-02 */
#define NOW	   INT64_C(1772442000)
#define ATTACHMENT 100000

static void must(bool done, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "composing: %s\n", error->text);
	exit(EX_SOFTWARE);
}

/* What no compression makes small, as in a PDF. */
static void fill(unsigned char bytes[ATTACHMENT], uint64_t seed)
{
	for (size_t i = 0; i < ATTACHMENT; i++) {
		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		bytes[i] = (unsigned char)(seed >> 56);
	}
}

static int64_t add_customer(struct ledger *ledger, int i)
{
	static unsigned char bytes[ATTACHMENT];
	struct error error = {0};
	char sha256[SHA256_TEXT_SIZE];
	int64_t customer, receivable;
	bool opened;
	g_autofree char *domain = g_strdup_printf("client%d.example", i);
	g_autofree char *address = g_strconcat("compta@", domain, NULL);
	g_autofree char *number = g_strdup_printf("F2026-%04d", i);
	g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
	struct customer draft = {.company = (char *)"Le Goff", .name = domain, .domain = domain};
	fill(bytes, (uint64_t)i);
	must(act_open_customer(ledger, &draft, &customer, &error) &&
		 act_learn_contact(ledger, customer, address, NULL, "invoice", &error) &&
		 blob_put(ledger->store, bytes, sizeof bytes, sha256, &error),
	    &error);
	struct receivable_draft invoice = {.company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = TODAY - 60,
	    .due_date = TODAY - 30,
	    .currency = "EUR",
	    .total = 118800,
	    .open = INT64_MIN,
	    .message_id = message_id,
	    .subject = "Votre facture",
	    .sha256 = sha256,
	    .document_name = "facture.pdf",
	    .document_type = "application/pdf"};
	must(act_open_receivable(ledger, &invoice, &receivable, &opened, &error), &error);
	return customer;
}

static double work_time(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void compose(struct desk *desk, int64_t customer, int i)
{
	struct error error = {0};
	struct reminder reminder;
	struct reminder_mail mail = {0};
	g_autofree char *message_id = g_strdup_printf("<%d@relance.example>", i);
	must(reminder_collect(&reminder, desk, customer, &error), &error);
	if (!reminder.lead)
		error_set(&error, STATUS_SOFTWARE, "nothing is due");
	must(reminder.lead && reminder_compose(&reminder, message_id, &mail, &error), &error);
	if (g_bytes_get_size(mail.bytes) < ATTACHMENT)
		exit(EX_SOFTWARE);
	reminder_mail_clear(&mail);
	reminder_clear(&reminder);
}

int main(int count, char **arguments)
{
	struct error error = {0};
	struct config config;
	static int64_t customers[MAILS];
	const char *source = count > 1 ? arguments[1] : getenv("srcdir");
	char root[PATH_MAX];
	g_autofree char *folder = g_dir_make_tmp("relance-composing.XXXXXX", NULL);
	if (!folder || !realpath(source ? source : "..", root))
		return EX_CANTCREAT;
	g_autofree char *path = g_build_filename(folder, "store", NULL);
	g_autofree char *text = g_strdup_printf(
	    "company \"Le Goff\" { domains = {legoff.example} senders = {a@legoff.example} language = fr\n"
	    " iban = {\"FR7630006000011234567890189\"} }\n"
	    "sending = on daily_cap = 0 template_dir = \"%s/conf/templates\" template_extra_dir = \"\"\n",
	    root);
	must(config_parse("composing", text, &config, &error), &error);
	struct zone *zone = zone_new("Europe/Paris", &error);
	struct store *store = store_open(path, STORE_CREATE, &error);
	must(zone && store && store_begin(store, &error), &error);
	struct ledger ledger;
	ledger_init(&ledger, store, &config, "clerk", NOW, TODAY);
	for (int i = 0; i < MAILS; i++)
		customers[i] = add_customer(&ledger, i);
	struct dunning_site site = {.zone = zone};
	struct desk desk;
	must(desk_init(&desk, &ledger, &site, &error), &error);
	double start = work_time();
	for (int i = 0; i < MAILS; i++)
		compose(&desk, customers[i], i);
	printf("%.2f\n", work_time() - start);
	desk_clear(&desk);
	ledger_clear(&ledger);
	store_rollback(store);
	store_close(store);
	zone_free(zone);
	config_clear(&config);
	for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
		g_autofree char *file = g_strconcat(path, *end, NULL);
		g_unlink(file);
	}
	g_rmdir(folder);
	return EX_OK;
}
