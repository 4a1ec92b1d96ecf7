#include "base/base.h"
#include "relance/learn.h"

#include "host/file.h"
#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"

#define SAMPLE_MOST 16000000

static void example_free(void *data)
{
	struct learn_example *example = data;
	g_free(example->id);
	g_free(example->value);
	g_free(example->words);
	g_free(example->who);
	g_free(example->from);
	g_free(example->text);
	g_free(example->span);
	if (example->mail)
		g_bytes_unref(example->mail);
	g_free(example);
}

/* The words that the primary intent of the stored reading rested on. */
static char *span_of(const json_t *reply)
{
	const json_t *intents = json_object_get(reply, "intents");
	const char *primary = body_text(reply, "primary");
	for (size_t i = 0; primary && i < json_array_size(intents); i++) {
		const json_t *intent = json_array_get(intents, i);
		if (g_strcmp0(body_text(intent, "intent"), primary) == 0)
			return g_strdup(body_text(intent, "span"));
	}
	return NULL;
}

/* Fills EXAMPLE from the message's row; false: it is no example (its bytes are gone, nothing was read). */
static bool fill(struct store *store, const struct message_row *row, struct learn_example *example)
{
	struct error gone = {0};
	json_t *reading = row->reading ? json_loads(row->reading, 0, NULL) : NULL;
	const json_t *reply = json_object_get(reading, "reply");
	const char *text = body_text(reply, "new_text"), *language = body_text(reply, "language");
	bool usable = text && language && strlen(language) == 2 && row->sha256;
	if (usable)
		example->mail = blob_get(store, row->sha256, &gone);
	if (example->mail) {
		memcpy(example->language, language, 2);
		example->text = g_strdup(text);
		example->span = span_of(reply);
		example->from = g_strdup(row->from_address);
	}
	json_decref(reading);
	return example->mail;
}

/* "accept" says that the reading was right, "as" what it is instead; who ignores says nothing. */
static bool take_meaning(const json_t *body, const struct message_row *row, struct learn_example *example)
{
	const char *decision = body_text(body, "decision");
	bool accepts = g_strcmp0(decision, "accept") == 0;
	const char *intent = accepts ? row->intent : body_text(body, "intent");
	if ((!accepts && g_strcmp0(decision, "as") != 0) || !intent ||
	    !intent_kind_from_word(intent, &example->meaning))
		return false;
	example->value = g_strdup(body_text(body, "value"));
	example->words = g_strdup(body_text(body, "words"));
	return true;
}

/* Appends the example that EVENT makes, in place of an earlier one of the same mail. */
static bool add_kept(
    struct session *session, GPtrArray *examples, const struct event *event, struct error *error)
{
	struct message_row row;
	bool found;
	if (!message_get(session->store, event->message, &row, &found, error))
		return false;
	if (!found)
		return true;
	json_t *body = json_loads(event->body, 0, NULL);
	struct learn_example *example = g_new0(struct learn_example, 1);
	example->is_kept = true;
	example->id = g_strdup_printf("%lld", (long long)event->message);
	example->who = g_strdup(event->actor);
	bool usable = take_meaning(body, &row, example) && fill(session->store, &row, example);
	for (guint i = examples->len; i-- > 0;)
		if (strcmp(((const struct learn_example *)examples->pdata[i])->id, example->id) == 0)
			g_ptr_array_remove_index(examples, i);
	if (usable)
		g_ptr_array_add(examples, example);
	else
		example_free(example);
	json_decref(body);
	row_clear(&message_table, &row);
	return true;
}

/* A sample's line as the mail that it could have been. */
static GBytes *mail_of(const json_t *line)
{
	GString *mail = g_string_new(NULL);
	const char *subject = body_text(line, "subject");
	g_string_append_printf(mail,
	    "From: <%s>\nDate: %s\nSubject: %s\nMIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
	    body_text(line, "from"), body_text(line, "date"), subject ? subject : "",
	    body_text(line, "text"));
	gsize length = mail->len;
	return g_bytes_new_take(g_string_free(mail, FALSE), length);
}

static bool add_sample_line(
    GPtrArray *examples, const char *file, int number, const char *text, struct error *error)
{
	json_t *line = json_loads(text, 0, NULL);
	enum intent_kind meaning;
	const char *language = body_text(line, "lang"), *primary = body_text(line, "primary");
	bool ok = body_text(line, "id") && body_text(line, "from") && body_text(line, "date") &&
		  body_text(line, "text") && language && strlen(language) == 2 && primary &&
		  intent_kind_from_word(primary, &meaning);
	if (ok) {
		struct learn_example *example = g_new0(struct learn_example, 1);
		example->id = g_strdup(body_text(line, "id"));
		example->meaning = meaning;
		example->from = g_strdup(body_text(line, "from"));
		example->text = g_strdup(body_text(line, "text"));
		example->mail = mail_of(line);
		memcpy(example->language, language, 2);
		g_ptr_array_add(examples, example);
	}
	json_decref(line);
	return ok || error_set(error, STATUS_CONFIG, "%s:%d: is no example", file, number);
}

static bool add_sample(GPtrArray *examples, const char *file, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	bool ok = file_read(file, SAMPLE_MOST, &text, error);
	g_auto(GStrv) lines = ok ? g_strsplit(text.bytes, "\n", -1) : NULL;
	for (int i = 0; ok && lines[i]; i++)
		ok = !*lines[i] || add_sample_line(examples, file, i + 1, lines[i], error);
	buffer_clear(&text);
	return ok;
}

GPtrArray *learn_examples(struct session *session, const char *sample, struct error *error)
{
	GPtrArray *events =
	    journal_list_of_kind(session->store, event_kind_word(EVENT_MESSAGE_REVIEWED), error);
	GPtrArray *examples = g_ptr_array_new_with_free_func(example_free);
	bool ok = events != NULL;
	for (guint i = 0; ok && i < events->len; i++)
		ok = add_kept(session, examples, events->pdata[i], error);
	rows_free(&journal_table, events);
	if (ok && add_sample(examples, sample, error))
		return examples;
	g_ptr_array_unref(examples);
	return NULL;
}
