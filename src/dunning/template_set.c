#include "base/base.h"
#include "dunning/template_set.h"

#include "host/file.h"

#include <glib.h>
#include <unistd.h>

#define TEMPLATE_MOST 262144

/* Every name that a reminder's context has: see reminder_words.c. */
static const char *const known[] = {"language", "subject", "content", "table", "today", "pay_by", "total",
    "count", "one", "many", "before_due", "attached", "items", "credits", "number", "order_number",
    "issue_date", "due_date", "days_late", "one_day", "amount", "open", "paid", "disputed", "carried",
    "lead.number", "lead.order_number", "lead.issue_date", "lead.due_date", "lead.days_late", "lead.one_day",
    "lead.amount", "lead.open", "lead.paid", "lead.disputed", "promise", "promise.date", "promise.amount",
    "promise.partly", "payment", "payment.amount", "payment.date", "instalments", "date", "settled", "owing",
    "previous", "previous.date", "company.name", "company.person", "company.email", "company.address",
    "company.phone", "company.legal_id", "company.vat_id", "company.in_fr", "company.in_it", "customer.name",
    "customer.address", "iban", "bic", "reference", "oldest_due_date", "reminded_on", "reminded_once",
    "letter", "qr", "principal", "claims", "claims.interest", "claims.compensation", "claims.each",
    "claims.rate", "claims.law", "claims.sum",
    /* of the digest and of answers to orders */
    "next_day", "id", "customer", "step", "kind", "owner", "title", "late", "from", "review", "days",
    "waiting", "waiting_count", "waiting_more", "tasks", "tasks_count", "tasks_more", "arrived",
    "arrived_count", "arrived_more", "tomorrow", "tomorrow_count", "tomorrow_more", "promises",
    "promises_count", "promises_more", "disputes", "disputes_count", "disputes_more", "orders",
    "orders_count", "decompte", "decompte_table", "to", "base", "rate", "claimed", "line", "outcome",
    "not_understood", "not_understood_count", "term", NULL};

/* g_free; NULL where there is no such file. */
static char *find_file(const struct config *config, const char *language, const char *name)
{
	const char *folders[] = {config->template_extra_dir, config->template_dir};
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		if (!folders[i] || !*folders[i])
			continue;
		char *path = language ? g_build_filename(folders[i], language, name, NULL)
				      : g_build_filename(folders[i], name, NULL);
		if (access(path, R_OK) == 0)
			return path;
		g_free(path);
	}
	return NULL;
}

bool template_exists(const struct config *config, const char *language, const char *name)
{
	g_autofree char *path = find_file(config, language, name);
	return path;
}

struct template *template_load(
    const struct config *config, const char *language, const char *name, struct error *error)
{
	g_autofree char *path = find_file(config, language, name);
	if (!path && language)
		path = find_file(config, "en", name);
	if (!path) {
		error_set(error, STATUS_CONFIG, "template %s%s%s is missing in %s", language ? language : "",
		    language ? "/" : "", name, config->template_dir);
		return NULL;
	}
	struct buffer text = BUFFER_EMPTY;
	struct template *template = NULL;
	if (file_read(path, TEMPLATE_MOST, &text, error))
		template = template_parse(path, text.bytes, error);
	buffer_clear(&text);
	if (template && !template_check(template, known, error)) {
		template_free(template);
		return NULL;
	}
	return template;
}

static bool check(const struct config *config, const char *language, const char *name, struct error *error)
{
	struct template *template = template_load(config, language, name, error);
	template_free(template);
	return template;
}

static bool is_language_of_company(const struct config *config, const char *language)
{
	for (size_t i = 0; i < config->company_count; i++)
		if (strcmp(config->companies[i].language, language) == 0)
			return true;
	return false;
}

/* The words of NAME in LANGUAGE. What English stands in for is no fault; what is there must be sound. */
static bool check_words(
    const struct config *config, const char *language, const char *name, struct error *error)
{
	static const char *const kinds[] = {"subject", "txt", "html"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
		g_autofree char *file = g_strdup_printf("%s.%s", name, kinds[i]);
		bool needed = strcmp(kinds[i], "html") != 0 && is_language_of_company(config, language);
		if ((needed || template_exists(config, language, file)) &&
		    !check(config, language, file, error))
			return false;
	}
	return true;
}

static bool check_language(const struct config *config, const char *language, struct error *error)
{
	static const char *const single[] = {"table.txt", "table.html", "table.letter", "decompte.letter",
	    "digest.subject", "digest.txt", "digest.html", "answer.txt"};
	/* of mails that are no step of a ladder */
	static const char *const occasions[] = {"broken", "instalment", "thanks", "copy"};
	for (size_t i = 0; i < ARRAY_LENGTH(single); i++)
		if (!check(config, language, single[i], error))
			return false;
	for (size_t i = 0; i < ARRAY_LENGTH(occasions); i++)
		if (!check_words(config, language, occasions[i], error))
			return false;
	for (size_t l = 0; l < config->ladder_count; l++)
		for (size_t s = 0; s < config->ladders[l].step_count; s++) {
			const struct step_config *step = &config->ladders[l].steps[s];
			bool has_words = step->channel == CHANNEL_MAIL || step->channel == CHANNEL_LETTER;
			if (has_words && !check_words(config, language, step->template, error))
				return false;
		}
	return true;
}

bool templates_check(const struct config *config, struct error *error)
{
	/* a customer may have any of them */
	static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl"};
	if (!check(config, NULL, "layout.html", error))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(languages); i++)
		if (!check_language(config, languages[i], error))
			return false;
	return true;
}
