#include "base/base.h"
#include "reading/documents.h"

/* ---- what is read ---- */

/* Attachments that are no documents, unless their content is a PDF all the same. */
static const char *const other_media[] = {"image/", "audio/", "video/", "font/", "text/calendar",
    "text/vcard", "text/x-vcard", "text/rfc822-headers", "message/", "application/ics", "application/pgp-",
    "application/pkcs7-", "application/x-pkcs7-", "application/ms-tnef", "application/vnd.ms-tnef"};

static bool is_pdf(const void *bytes, size_t length)
{
	return length >= 5 && memcmp(bytes, "%PDF-", 5) == 0;
}

static bool may_be_document(const struct attachment *attachment)
{
	gsize length;
	const void *bytes = g_bytes_get_data(attachment->bytes, &length);
	if (is_pdf(bytes, length))
		return true;
	for (size_t i = 0; attachment->media_type && i < ARRAY_LENGTH(other_media); i++)
		if (g_str_has_prefix(attachment->media_type, other_media[i]))
			return false;
	return true;
}

const char *documents_media_type(const void *bytes, size_t length)
{
	const char *at = bytes, *end = at + length;
	if (is_pdf(bytes, length))
		return "application/pdf";
	if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while (at < end && g_ascii_isspace(*at))
		at++;
	if (at < end && *at == '<') {
		char *head = g_ascii_strdown(at, (gssize)MIN((size_t)(end - at), (size_t)512));
		bool is_html =
		    strstr(head, "<html") || strstr(head, "<!doctype html") || strstr(head, "<body");
		g_free(head);
		return is_html ? "text/html" : "application/xml";
	}
	return length && !memchr(bytes, 0, length) ? "text/plain" : "application/octet-stream";
}

/* An invoice that somebody wrote as text is short; newsletters and logs are not. */
#define MAX_TEXT (128 * 1024)

static bool is_long_text(const void *bytes, size_t length)
{
	return length > MAX_TEXT && strcmp(documents_media_type(bytes, length), "text/plain") == 0;
}

static struct reading_document *list_document(GBytes *bytes, const char *name, const char *media_type)
{
	struct reading_document *document = reading_document_new();
	document->name = g_strdup(name);
	document->media_type = g_strdup(media_type);
	document->bytes = g_bytes_ref(bytes);
	return document;
}

static struct reading_document *read_document(
    GBytes *bytes, const char *name, const char *media_type, const GPtrArray *layouts)
{
	struct reading_document *document = list_document(bytes, name, media_type);
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	if (is_long_text(data, length))
		document->reason = g_strdup("too long a text for an invoice");
	else
		document->outcome = document_read_taught(data ? data : "", length, media_type, name,
		    layouts ? (const struct layout *const *)layouts->pdata : NULL, layouts ? layouts->len : 0,
		    &document->invoice, &document->reason);
	return document;
}

static struct reading_document *leave_document(
    GBytes *bytes, const char *name, const char *media_type, const GPtrArray *layouts)
{
	(void)layouts;
	struct reading_document *document = list_document(bytes, name, media_type);
	document->outcome = DOCUMENT_UNREADABLE;
	document->reason = g_strdup("not read: a document of this mail breaks the reader");
	return document;
}

void documents_add(
    GPtrArray *documents, GBytes *bytes, const char *name, const char *media_type, const GPtrArray *layouts)
{
	g_ptr_array_add(documents, read_document(bytes, name, media_type, layouts));
}

typedef struct reading_document *document_maker(
    GBytes *bytes, const char *name, const char *media_type, const GPtrArray *layouts);

static void take_attachments(
    GPtrArray *documents, struct message *message, document_maker *make, const GPtrArray *layouts)
{
	for (guint i = 0; i < message->attachments->len; i++) {
		const struct attachment *attachment = message->attachments->pdata[i];
		if (!may_be_document(attachment))
			continue;
		if (documents->len == READING_MAX_DOCUMENTS) {
			message->doubtful = true;
			return;
		}
		g_ptr_array_add(
		    documents, make(attachment->bytes, attachment->name, attachment->media_type, layouts));
	}
}

/* ---- the same invoice twice ---- */

/* How much a source is worth: data before pages, pages before running text. */
static int rank(const struct reading_document *document)
{
	static const int ranks[] = {
	    [INVOICE_SOURCE_CII] = 4,
	    [INVOICE_SOURCE_UBL] = 4,
	    [INVOICE_SOURCE_PDF] = 3,
	    [INVOICE_SOURCE_HTML] = 2,
	    [INVOICE_SOURCE_TEXT] = 1,
	};
	return document->invoice ? ranks[document->invoice->source] : 0;
}

/* Document numbers are the same when their letters and digits are: "F 2026-118" is "F2026118". */
static bool is_same_number(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a && !g_ascii_isalnum(*a) && (unsigned char)*a < 0x80)
			a++;
		while (*b && !g_ascii_isalnum(*b) && (unsigned char)*b < 0x80)
			b++;
		if (g_ascii_toupper(*a) != g_ascii_toupper(*b))
			return false;
		if (!*a)
			return true;
	}
}

static bool is_same_amount(struct money a, struct money b)
{
	return a.minor == b.minor && strcmp(a.currency, b.currency) == 0;
}

/* "F2026-118" of "F2026-118.pdf"; 0 where there is no name to compare. */
static size_t stem_length(const char *name)
{
	const char *point = name ? strrchr(name, '.') : NULL;
	return point ? (size_t)(point - name) : name ? strlen(name) : 0;
}

static bool is_same_stem(const char *a, const char *b)
{
	size_t length = stem_length(a);
	return length && length == stem_length(b) && g_ascii_strncasecmp(a, b, length) == 0;
}

/*
 * Whether OTHER shows the invoice of BEST. The number decides where both have one. Where a page does not tell
 * its number, the same file name, or the same amount on the same day, says so.
 */
static bool is_same_invoice(const struct reading_document *best, const struct reading_document *other)
{
	const struct invoice *a = best->invoice, *b = other->invoice;
	if (!b)
		return other->outcome == DOCUMENT_UNREADABLE && is_same_stem(best->name, other->name);
	if (a->number && b->number)
		return is_same_number(a->number, b->number) && a->kind == b->kind;
	if (is_same_stem(best->name, other->name))
		return true;
	return !money_is_none(a->payable) && is_same_amount(a->payable, b->payable) &&
	       a->issue_date != DATE_NONE && a->issue_date == b->issue_date;
}

/* What could not be read of the other form stays a finding. */
static void keep_findings(struct invoice *kept, const struct invoice *other)
{
	for (guint i = 0; other && i < other->warnings->len; i++) {
		const char *warning = other->warnings->pdata[i];
		if (g_str_has_prefix(warning, "embedded_file: "))
			g_ptr_array_add(kept->warnings, g_strdup(warning));
	}
}

/* OTHER gives its invoice up for that of documents[BEST]; a disagreement on the amount is noted there. */
static void join(GPtrArray *documents, guint best, struct reading_document *other)
{
	struct invoice *kept = ((struct reading_document *)documents->pdata[best])->invoice;
	if (other->invoice && !money_is_none(other->invoice->payable) && !money_is_none(kept->payable) &&
	    !is_same_amount(kept->payable, other->invoice->payable))
		g_ptr_array_add(kept->warnings, g_strdup("other_copy_differs"));
	keep_findings(kept, other->invoice);
	invoice_free(other->invoice);
	other->invoice = NULL;
	other->outcome = DOCUMENT_NO_INVOICE;
	other->same_as = (int)best;
	g_free(other->reason);
	other->reason = g_strdup("the same invoice in another form");
}

static void join_copies_of(GPtrArray *documents, guint best)
{
	const struct reading_document *document = documents->pdata[best];
	for (guint i = 0; i < documents->len; i++) {
		struct reading_document *other = documents->pdata[i];
		if (i == best || other->same_as >= 0 || rank(other) > rank(document) ||
		    (rank(other) == rank(document) && i < best))
			continue;
		if (is_same_invoice(document, other))
			join(documents, best, other);
	}
}

static void join_copies(GPtrArray *documents)
{
	for (int wanted = 4; wanted > 0; wanted--)
		for (guint i = 0; i < documents->len; i++)
			if (rank(documents->pdata[i]) == wanted)
				join_copies_of(documents, i);
}

/* ---- the body ---- */

/* An answer talks about invoices; only a mail that quotes nothing and answers nobody may be one itself. */
static bool may_be_invoice(const struct message *message)
{
	return !message->in_reply_to->len && !(message->quoted_text && *message->quoted_text);
}

static bool has_candidate(const GPtrArray *documents)
{
	for (guint i = 0; i < documents->len; i++) {
		const struct reading_document *document = documents->pdata[i];
		if (document->outcome != DOCUMENT_NO_INVOICE)
			return true;
	}
	return false;
}

static bool read_body(
    GPtrArray *documents, const char *body, const char *media_type, const GPtrArray *layouts)
{
	if (!body || !*body || strnlen(body, MAX_TEXT + 1) > MAX_TEXT)
		return false;
	GBytes *bytes = g_bytes_new_static(body, strlen(body));
	struct reading_document *document = read_document(bytes, NULL, media_type, layouts);
	g_bytes_unref(bytes);
	g_clear_pointer(&document->bytes, g_bytes_unref);
	const struct invoice *invoice = document->invoice;
	if (!invoice || !invoice->number || money_is_none(invoice->payable)) {
		reading_document_free(document);
		return false;
	}
	g_ptr_array_add(documents, document);
	return true;
}

/* ---- attached messages ---- */

enum { ATTACHED_MAX = 3 }; /* messages in messages that are looked into */

static bool is_message(const struct attachment *attachment)
{
	return attachment->media_type && (!strcmp(attachment->media_type, "message/rfc822") ||
					     !strcmp(attachment->media_type, "message/global"));
}

static const char *domain_of_sender(const struct message *message)
{
	const char *address = message->from ? message->from->address : NULL;
	const char *at = address ? strrchr(address, '@') : NULL;
	return at ? at + 1 : NULL;
}

/* Who passes on a mail of his own house passes on its invoices; a stranger's mail is only shown. */
static bool is_of_same_house(const struct message *outer, const struct message *inner)
{
	const char *one = domain_of_sender(outer), *other = domain_of_sender(inner);
	return one && other && !g_ascii_strcasecmp(one, other);
}

typedef void message_taker(GPtrArray *documents, struct message *message, const GPtrArray *layouts);

/* Gives MESSAGE, and each message attached to it that is of the same house, to TAKE. */
static void take_messages(
    GPtrArray *documents, struct message *message, message_taker *take, const GPtrArray *layouts, int depth)
{
	take(documents, message, layouts);
	for (guint i = 0; depth < ATTACHED_MAX && i < message->attachments->len; i++) {
		const struct attachment *attachment = message->attachments->pdata[i];
		if (!is_message(attachment))
			continue;
		gsize length;
		const void *bytes = g_bytes_get_data(attachment->bytes, &length);
		struct message *inner = message_parse(bytes, length);
		if (is_of_same_house(message, inner))
			take_messages(documents, inner, take, layouts, depth + 1);
		message->doubtful = message->doubtful || inner->doubtful;
		message_free(inner);
	}
}

static void take_documents(GPtrArray *documents, struct message *message, const GPtrArray *layouts)
{
	take_attachments(documents, message, read_document, layouts);
}

static void take_bodies(GPtrArray *documents, struct message *message, const GPtrArray *layouts)
{
	if (has_candidate(documents) || !may_be_invoice(message))
		return;
	if (!read_body(documents, message->body_html, "text/html", layouts))
		read_body(documents, message->body_text, "text/plain", layouts);
}

static void take_unread(GPtrArray *documents, struct message *message, const GPtrArray *layouts)
{
	take_attachments(documents, message, leave_document, layouts);
}

void documents_of_message(GPtrArray *documents, struct message *message, const GPtrArray *layouts)
{
	take_messages(documents, message, take_documents, layouts, 0);
	join_copies(documents);
	if (!has_candidate(documents))
		take_messages(documents, message, take_bodies, layouts, 0);
}

void documents_unread(GPtrArray *documents, struct message *message, const GPtrArray *layouts)
{
	take_messages(documents, message, take_unread, layouts, 0);
}
