#include "base/base.h"
#include "reading/lesson.h"

#include "document/document.h"
#include "document/layout.h"
#include "document/parties.h"
#include "document/text.h"
#include "mail/message.h"
#include "reading/documents.h"
#include "reading/reading.h"

/* A page of a sample, and what is known of it. */
struct sheet {
	struct page *page;
	struct facts *facts;
	bool structured;
};

/* A sample of the lesson. */
struct example {
	const char *file;
	struct sheet sheet;
	char *values[LAYOUT_FIELD_COUNT]; /* normal forms */
};

struct lesson {
	json_t *head;
	GArray *examples; /* of struct example */
	json_t *notes;
};

/* ---- life ---- */

static void sheet_clear(struct sheet *sheet)
{
	facts_free(sheet->facts);
	page_free(sheet->page);
	*sheet = (struct sheet){0};
}

static void example_clear(gpointer data)
{
	struct example *example = data;
	sheet_clear(&example->sheet);
	for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++)
		g_free(example->values[i]);
}

static void lesson_init(struct lesson *lesson)
{
	lesson->head = NULL;
	lesson->examples = g_array_new(FALSE, TRUE, sizeof(struct example));
	g_array_set_clear_func(lesson->examples, example_clear);
	lesson->notes = json_array();
}

static void lesson_clear(struct lesson *lesson)
{
	if (lesson->head)
		json_decref(lesson->head);
	g_array_unref(lesson->examples);
	json_decref(lesson->notes);
}

static const struct example *example_at(const struct lesson *lesson, size_t index)
{
	return &g_array_index(lesson->examples, struct example, index);
}

static void add_note(struct lesson *lesson, const char *file, const char *text)
{
	json_t *note = json_sprintf("%s: %s", file, text);
	if (note)
		json_array_append_new(lesson->notes, note);
}

/* ---- the pages of a sample ---- */

static struct layout_sample sample_of(const struct example *example, const struct facts *facts)
{
	struct layout_sample sample = {.facts = facts};
	for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++)
		sample.values[i] = example->values[i];
	return sample;
}

/* Keeps the page of BYTES where more of the values stand on it than on the one before. */
static void look_at(struct example *example, const void *bytes, size_t length, const char *media_type,
    const char *name, const char **reason)
{
	struct sheet sheet = {0};
	sheet.page = document_page(bytes ? bytes : "", length, media_type, name, &sheet.structured, reason);
	if (!sheet.page)
		return;
	sheet.facts = facts_new(sheet.page);
	struct layout_sample own = sample_of(example, sheet.facts);
	struct layout_sample before = sample_of(example, example->sheet.facts);
	if (example->sheet.page && layout_values_on_page(&own) <= layout_values_on_page(&before)) {
		sheet_clear(&sheet);
		return;
	}
	sheet_clear(&example->sheet);
	example->sheet = sheet;
}

/* The attachments, and the body. */
static void look_at_message(struct example *example, const void *bytes, size_t length, const char **reason)
{
	struct message *message = message_parse(bytes, length);
	*reason = "no PDF, HTML or text in it";
	for (guint i = 0; i < message->attachments->len; i++) {
		const struct attachment *attachment = message->attachments->pdata[i];
		gsize size;
		const void *data = g_bytes_get_data(attachment->bytes, &size);
		look_at(example, data, size, attachment->media_type, attachment->name, reason);
	}
	const char *html = message->body_html, *text = message->body_text;
	if (html && *html)
		look_at(example, html, strlen(html), "text/html", NULL, reason);
	if (text && *text)
		look_at(example, text, strlen(text), "text/plain", NULL, reason);
	message_free(message);
}

static bool read_pages(struct example *example, const void *bytes, size_t length, struct error *error)
{
	const char *reason = NULL;
	if (reading_is_message(bytes, length, example->file))
		look_at_message(example, bytes, length, &reason);
	else
		look_at(example, bytes, length, documents_media_type(bytes, length), example->file, &reason);
	return example->sheet.page != NULL ||
	       error_set(error, STATUS_DATA, "%s: %s", example->file, reason ? reason : "it has no page");
}

/* ---- the lesson ---- */

static bool take_values(struct example *example, const json_t *values, struct error *error)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)values, key, value)
	{
		enum layout_field field;
		const char *text = json_string_value(value);
		if (!layout_field_from_word(key, &field) || !text)
			return error_set(error, STATUS_DATA, "%s: %s: no such field", example->file, key);
		example->values[field] = layout_value_normal(field, text);
		if (!example->values[field])
			return error_set(error, STATUS_DATA,
			    "%s: %s: \"%s\" is no %s, or can be read in two ways", example->file, key, text,
			    layout_field_kind(field) == LAYOUT_KIND_AMOUNT ? "amount"
			    : layout_field_kind(field) == LAYOUT_KIND_DATE ? "date"
									   : "value");
	}
	return true;
}

/* "30 jours fin de mois": a due date that no page shows and that is computed rightly needs no layout. */
static void leave_computed_day(struct lesson *lesson, struct example *example)
{
	struct layout_sample sample = {.facts = example->sheet.facts};
	sample.values[LAYOUT_DUE_DATE] = example->values[LAYOUT_DUE_DATE];
	if (!sample.values[LAYOUT_DUE_DATE] || layout_values_on_page(&sample) > 0)
		return;
	struct invoice *invoice = NULL;
	const char *reason;
	char due[DATE_TEXT_SIZE];
	(void)text_read(example->sheet.page, INVOICE_SOURCE_PDF, NULL, 0, &invoice, &reason);
	if (invoice && strcmp(date_format(invoice->due_date, due), sample.values[LAYOUT_DUE_DATE]) == 0) {
		add_note(
		    lesson, example->file, "its due date is computed from the terms, without the layout");
		g_clear_pointer(&example->values[LAYOUT_DUE_DATE], g_free);
	}
	invoice_free(invoice);
}

/* Takes the samples, whose bytes stand behind each other. */
static bool take_samples(struct lesson *lesson, const char *bytes, size_t length, struct error *error)
{
	const json_t *samples = json_object_get(lesson->head, "samples");
	size_t count = json_array_size(samples);
	if (count == 0 || count > LESSON_MAX_SAMPLES)
		return error_set(error, STATUS_DATA, "1 to %d samples are expected", LESSON_MAX_SAMPLES);
	g_array_set_size(lesson->examples, (guint)count);
	for (size_t i = 0; i < count; i++) {
		const json_t *sample = json_array_get(samples, i);
		struct example *example = &g_array_index(lesson->examples, struct example, i);
		json_int_t size = json_integer_value(json_object_get(sample, "length"));
		example->file = json_string_value(json_object_get(sample, "file"));
		if (!example->file || size < 0 || (size_t)size > length)
			return error_set(error, STATUS_DATA, "the lesson is no lesson");
		if (!take_values(example, json_object_get(sample, "values"), error) ||
		    !read_pages(example, bytes, (size_t)size, error))
			return false;
		leave_computed_day(lesson, example);
		if (example->sheet.structured)
			add_note(lesson, example->file, "it has data (XML), which goes before any layout");
		bytes += size;
		length -= (size_t)size;
	}
	return true;
}

static bool take_lesson(struct lesson *lesson, const char *bytes, size_t length, struct error *error)
{
	const char *end = memchr(bytes, '\n', length);
	lesson->head = end ? json_loadb(bytes, (size_t)(end - bytes), JSON_REJECT_DUPLICATES, NULL) : NULL;
	if (!lesson->head)
		return error_set(error, STATUS_DATA, "the lesson is no lesson");
	return take_samples(lesson, end + 1, length - (size_t)(end + 1 - bytes), error);
}

/* ---- the answer ---- */

/* "Menuiserie Le Goff SARL": menuiserie-le-goff-sarl */
static char *name_from(const char *text)
{
	struct tokens tokens;
	GString *name = g_string_new(NULL);
	tokens_init(&tokens, text ? text : "");
	for (guint i = 0; i < tokens.list->len && name->len < 40; i++)
		for (const char *at = TOKEN(&tokens, i)->word; *at; at++) {
			if (at == TOKEN(&tokens, i)->word && name->len > 0)
				g_string_append_c(name, '-');
			if (g_ascii_isalnum(*at))
				g_string_append_c(name, *at);
		}
	tokens_clear(&tokens);
	bool good = layout_name_is_good(name->str);
	return g_string_free(name, !good);
}

/* The name that was given, else the issuer's; to be freed. */
static char *choose_name(const struct lesson *lesson)
{
	const char *given = json_string_value(json_object_get(lesson->head, "name"));
	if (given)
		return g_strdup(given);
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_PDF);
	parties_find(example_at(lesson, 0)->sheet.facts, invoice);
	char *name = name_from(invoice->seller.name);
	invoice_free(invoice);
	return name ? name : g_strdup("invoices");
}

static void explain(const struct lesson *lesson, struct layout_trouble *trouble, struct error *error)
{
	GString *nearest = g_string_new(NULL);
	for (guint i = 0; trouble->nearest && i < trouble->nearest->len; i++)
		g_string_append_printf(nearest, "%s%s",
		    i > 0 ? ", " : "; nearest: ", (const char *)g_ptr_array_index(trouble->nearest, i));
	error_prefix(error, "%s", example_at(lesson, trouble->sample)->file);
	struct error whole = *error;
	error_set(error, STATUS_DATA, "%s%s", whole.text, nearest->str);
	g_string_free(nearest, TRUE);
}

/* Another layout that would go before the new one on a sample. */
static bool check_others(
    const struct lesson *lesson, const struct layout *layout, const GPtrArray *layouts, struct error *error)
{
	GPtrArray *all = g_ptr_array_new();
	for (guint i = 0; layouts && i < layouts->len; i++) {
		const struct layout *other = layouts->pdata[i];
		if (strcmp(other->name, layout->name) != 0)
			g_ptr_array_add(all, layouts->pdata[i]);
	}
	g_ptr_array_add(all, (gpointer)(uintptr_t)layout);
	bool good = true;
	for (guint i = 0; i < lesson->examples->len && good; i++) {
		const struct example *example = example_at(lesson, i);
		const struct layout *chosen =
		    layout_choose((const struct layout *const *)all->pdata, all->len, example->sheet.facts);
		if (!chosen)
			good = error_set(
			    error, STATUS_DATA, "%s: the layout would not recognise it", example->file);
		else if (chosen != layout)
			good = error_set(error, STATUS_DATA,
			    "%s: the layout \"%s\" reads it as well: teach that one anew (--name %s "
			    "--replace), or "
			    "--forget it",
			    example->file, chosen->name, chosen->name);
	}
	g_ptr_array_unref(all);
	return good;
}

/* The texts of "marks"; the array borrows them. */
static GPtrArray *marks_of(const struct lesson *lesson)
{
	const json_t *list = json_object_get(lesson->head, "marks");
	GPtrArray *marks = g_ptr_array_new();
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_is_string(json_array_get(list, i)))
			g_ptr_array_add(
			    marks, (gpointer)(uintptr_t)json_string_value(json_array_get(list, i)));
	return marks;
}

/* Whether the general rules take another amount of a sample for the one to pay. */
static bool misreads_payable(const struct lesson *lesson)
{
	bool misreads = false;
	for (guint i = 0; i < lesson->examples->len; i++) {
		const struct example *example = example_at(lesson, i);
		const char *want = example->values[LAYOUT_PAYABLE];
		struct invoice *invoice = NULL;
		const char *reason;
		struct money amount;
		(void)text_read(example->sheet.page, INVOICE_SOURCE_PDF, NULL, 0, &invoice, &reason);
		if (want && invoice && !money_is_none(invoice->payable) &&
		    money_parse(want, invoice->currency, &amount))
			misreads |= llabs(amount.minor) != llabs(invoice->payable.minor);
		invoice_free(invoice);
	}
	return misreads;
}

static struct layout *teach(struct lesson *lesson, struct error *error)
{
	guint count = lesson->examples->len;
	struct layout_sample *samples = g_new0(struct layout_sample, count);
	for (guint i = 0; i < count; i++)
		samples[i] = sample_of(example_at(lesson, i), example_at(lesson, i)->sheet.facts);
	const char *currency = json_string_value(json_object_get(lesson->head, "currency"));
	char code[CURRENCY_SIZE];
	struct layout *layout = NULL;
	struct layout_trouble trouble = {0};
	GPtrArray *marks = marks_of(lesson);
	char *name = choose_name(lesson);
	if (!currency_set(code, currency ? currency : "") && currency)
		error_set(error, STATUS_DATA, "currency: \"%s\" is no currency by ISO 4217", currency);
	else if (!layout_teach(name, samples, count, (const char *const *)marks->pdata, marks->len, code,
		     &layout, &trouble, error))
		explain(lesson, &trouble, error);
	if (layout)
		layout->exact_payable = misreads_payable(lesson);
	layout_trouble_clear(&trouble);
	g_ptr_array_unref(marks);
	g_free(name);
	g_free(samples);
	return layout;
}

static json_t *answer_with(const struct lesson *lesson, const struct layout *layout)
{
	struct buffer text = BUFFER_EMPTY;
	layout_write(layout, &text);
	json_t *answer = json_pack("{s:i, s:s, s:s, s:O}", "schema", 1, "layout", text.bytes, "name",
	    layout->name, "notes", lesson->notes);
	buffer_clear(&text);
	return answer ? answer : lesson_failed("the layout is no text");
}

json_t *lesson_failed(const char *why)
{
	char *valid = g_utf8_make_valid(why, -1);
	json_t *answer = json_pack("{s:i, s:s}", "schema", 1, "error", valid);
	g_free(valid);
	return answer;
}

json_t *lesson_read(const void *bytes, size_t length, const GPtrArray *layouts)
{
	struct lesson lesson;
	struct error error = {0};
	lesson_init(&lesson);
	struct layout *layout = take_lesson(&lesson, bytes, length, &error) ? teach(&lesson, &error) : NULL;
	bool good = layout && check_others(&lesson, layout, layouts, &error);
	json_t *answer = good ? answer_with(&lesson, layout) : lesson_failed(error.text);
	layout_free(layout);
	lesson_clear(&lesson);
	return answer;
}
