#include "base/base.h"
#include "dunning/digest.h"
#include "relance/session.h"
#include "report/display.h"

/* relance digest: what the controllers would be written now. */
struct digest_options {
	bool html;
};
const struct option_row digest_option_rows[] = {
    {0, "html", OPTION_FLAG, offsetof(struct digest_options, html), NULL, "its HTML part", NULL},
    OPTIONS_END,
};

static const struct company_config *find_company(const struct session *session, struct error *error)
{
	const char *name;
	if (!session_company(session, &name, error))
		return NULL;
	for (size_t i = 0; i < session->config.company_count; i++)
		if (g_ascii_strcasecmp(session->config.companies[i].name, name) == 0)
			return &session->config.companies[i];
	error_set(error, STATUS_USAGE, "%s: no such company", name);
	return NULL;
}

static void show(const struct digest *digest)
{
	struct buffer text = BUFFER_EMPTY;
	buffer_append_text(&text, "Subject:  ");
	display_append(&text, digest->subject);
	buffer_append_text(&text, "\n\n");
	display_append_lines(&text, digest->text, "");
	fputs(text.bytes, stdout); /* main looks at the stream's error */
	buffer_clear(&text);
}

bool run_digest(struct session *session, struct error *error)
{
	const struct digest_options *options = session->options;
	const struct company_config *company = find_company(session, error);
	struct digest digest;
	int64_t after;
	instant_t since;
	if (!company || !digest_since(&session->ledger, company, &after, &since, error) ||
	    !digest_compose(&session->ledger, company, after, since, &digest, error))
		return false;
	if (digest.is_empty)
		session->status = STATUS_NO;
	else if (options->html)
		fputs(digest.html, stdout);
	else
		show(&digest);
	digest_clear(&digest);
	return true;
}
