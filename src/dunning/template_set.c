#include "base/base.h"
#include "dunning/template_set.h"

#include "host/file.h"

#include <glib.h>
#include <unistd.h>

#define TEMPLATE_MOST 262144

/* Every name that a reminder's context has: see reminder_words.c. */
static const char *const known[] = {"language", "subject", "content", "table", "today", "pay_by", "total",
    "count", "one", "many", "before_due", "attached", "items", "credits", "number", "order_number",
    "issue_date", "due_date", "days_late", "amount", "open", "paid", "disputed", "lead.number",
    "lead.order_number", "lead.issue_date", "lead.due_date", "lead.days_late", "lead.amount", "lead.open",
    "lead.paid", "lead.disputed", "promise", "promise.date", "previous", "previous.date", "company.name",
    "company.person", "company.email", "company.address", "company.phone", "company.legal_id",
    "company.vat_id", "customer.name", "customer.address", "iban", "bic", "reference", "oldest_due_date",
    "reminded_on", "letter", "qr", "claims", "claims.interest", "claims.compensation", "claims.each",
    "claims.rate", "claims.law", "claims.sum", NULL};

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

static bool check_step(
    const struct config *config, const char *language, const char *step, struct error *error)
{
	static const char *const kinds[] = {"subject", "txt"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
		g_autofree char *name = g_strdup_printf("%s.%s", step, kinds[i]);
		if (!check(config, language, name, error))
			return false;
	}
	g_autofree char *html = g_strdup_printf("%s.html", step);
	return !template_exists(config, language, html) || check(config, language, html, error);
}

bool templates_check(const struct config *config, struct error *error)
{
	if (!check(config, NULL, "layout.html", error))
		return false;
	for (size_t c = 0; c < config->company_count; c++) {
		const char *language = config->companies[c].language;
		if (!check(config, language, "table.txt", error) ||
		    !check(config, language, "table.html", error))
			return false;
		for (size_t l = 0; l < config->ladder_count; l++)
			for (size_t s = 0; s < config->ladders[l].step_count; s++)
				if (config->ladders[l].steps[s].channel == CHANNEL_MAIL &&
				    !check_step(
					config, language, config->ladders[l].steps[s].template, error))
					return false;
	}
	return true;
}
