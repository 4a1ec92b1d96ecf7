#include "base/base.h"
#include "reading/reading.h"

#include "reading/documents.h"

/* ---- life ---- */

static void discard_document(void *document)
{
	reading_document_free(document);
}

struct reading *reading_new(void)
{
	struct reading *reading = g_new0(struct reading, 1);
	reading->documents = g_ptr_array_new_with_free_func(discard_document);
	return reading;
}

void reading_free(struct reading *reading)
{
	if (!reading)
		return;
	g_free(reading->file);
	g_free(reading->error);
	message_free(reading->message);
	understanding_free(reading->reply);
	g_ptr_array_free(reading->documents, TRUE);
	g_free(reading);
}

struct reading_document *reading_document_new(void)
{
	struct reading_document *document = g_new0(struct reading_document, 1);
	document->outcome = DOCUMENT_NO_INVOICE;
	document->same_as = -1;
	return document;
}

void reading_document_free(struct reading_document *document)
{
	if (!document)
		return;
	g_free(document->name);
	g_free(document->media_type);
	g_free(document->reason);
	invoice_free(document->invoice);
	if (document->bytes)
		g_bytes_unref(document->bytes);
	g_free(document);
}

static const char *const outcome_words[] = {
    [DOCUMENT_INVOICE] = "invoice",
    [DOCUMENT_NO_INVOICE] = "no_invoice",
    [DOCUMENT_UNREADABLE] = "unreadable",
};

const char *document_outcome_word(enum document_outcome outcome)
{
	return outcome_words[outcome];
}

bool document_outcome_from_word(const char *word, enum document_outcome *outcome)
{
	for (size_t i = 0; i < ARRAY_LENGTH(outcome_words); i++)
		if (strcmp(word, outcome_words[i]) == 0) {
			*outcome = (enum document_outcome)i;
			return true;
		}
	return false;
}

/* ---- bytes to reading ---- */

/* The civil day on which it was sent, where its date can be one. */
static date_t day_sent(const struct message *message)
{
	bool is_earlier = message->said != INSTANT_NONE;
	instant_t sent = is_earlier ? message->said : message->date;
	if (sent == INSTANT_NONE)
		return DATE_NONE;
	const date_t first = date_from_parts(1900, 1, 1), last = date_from_parts(2199, 12, 31);
	if (sent < instant_from_date(first, 86400, 0) || sent > instant_from_date(last, -86400, 0))
		return DATE_NONE;
	return instant_date(sent, is_earlier ? message->said_offset : message->date_offset);
}

/* Confidence of what is known in part: below any threshold above which nobody looks. */
#define PARTLY_READ_MAX 600

static void lower_confidence(struct understanding *understanding)
{
	understanding->confidence = MIN(understanding->confidence, PARTLY_READ_MAX);
	for (guint i = 0; i < understanding->intents->len; i++) {
		struct intent *intent = understanding->intents->pdata[i];
		intent->confidence = MIN(intent->confidence, PARTLY_READ_MAX);
	}
}

static struct understanding *understand_message(const struct message *message, const struct lexicon *lexicon)
{
	struct understand_context context = {
	    .sent = day_sent(message),
	    .automatic = message->kind != MESSAGE_HUMAN,
	    .subject = message->subject,
	    .from_address = message->from ? message->from->address : NULL,
	    .quoted_text = message->quoted_text,
	};
	struct understanding *understanding =
	    understand(lexicon, message->new_text ? message->new_text : "", &context);
	if (message->partly_read)
		lower_confidence(understanding);
	return understanding;
}

static bool is_report(enum message_kind kind)
{
	return kind == MESSAGE_DELIVERY_FAILURE || kind == MESSAGE_DELIVERY_DELAY ||
	       kind == MESSAGE_DELIVERY_SUCCESS || kind == MESSAGE_READ_RECEIPT;
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t length = name ? strlen(name) : 0, tail = strlen(suffix);
	return length > tail && g_ascii_strcasecmp(name + length - tail, suffix) == 0;
}

/* The name decides where it says enough: a text that begins with "Invoice: 7" looks like a header. */
bool reading_is_message(const void *bytes, size_t length, const char *name)
{
	static const char *const documents[] = {".pdf", ".xml", ".html", ".htm"};
	if (has_suffix(name, ".eml"))
		return true;
	for (size_t i = 0; i < ARRAY_LENGTH(documents); i++)
		if (has_suffix(name, documents[i]))
			return false;
	return message_is_likely(bytes, length);
}

typedef void documents_reader(GPtrArray *documents, struct message *message, const GPtrArray *layouts);

static void read_message(struct reading *reading, const void *bytes, size_t length,
    const struct lexicon *lexicon, const GPtrArray *layouts, documents_reader *read_documents)
{
	struct message *message = message_parse_with(bytes, length, lexicon_mail_words(lexicon));
	reading->message = message;
	if (is_report(message->kind))
		return;
	reading->reply = understand_message(message, lexicon);
	read_documents(reading->documents, message, layouts);
}

static void read_document(
    struct reading *reading, const void *bytes, size_t length, const char *name, const GPtrArray *layouts)
{
	GBytes *copy = g_bytes_new(bytes, length);
	const char *slash = name ? strrchr(name, '/') : NULL;
	documents_add(
	    reading->documents, copy, slash ? slash + 1 : name, documents_media_type(bytes, length), layouts);
	g_bytes_unref(copy);
}

struct reading *reading_of_bytes_taught(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts)
{
	struct reading *reading = reading_new();
	reading->file = g_strdup(name);
	if (reading_is_message(bytes, length, name))
		read_message(reading, bytes, length, lexicon, layouts, documents_of_message);
	else
		read_document(reading, bytes, length, name, layouts);
	return reading;
}

struct reading *reading_of_bytes(
    const void *bytes, size_t length, const char *name, const struct lexicon *lexicon)
{
	return reading_of_bytes_taught(bytes, length, name, lexicon, NULL);
}

struct reading *reading_of_bytes_alone(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts)
{
	struct reading *reading = reading_new();
	reading->file = g_strdup(name);
	if (reading_is_message(bytes, length, name))
		read_message(reading, bytes, length, lexicon, layouts, documents_unread);
	else
		reading->error = g_strdup("the document breaks the reader");
	return reading;
}
