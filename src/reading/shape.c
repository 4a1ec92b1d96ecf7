#include "base/base.h"
#include "reading/shape.h"

#include "base/date.h"
#include "base/instant.h"
#include "base/money.h"

#include <glib.h>

/* What is known while going down: where we are, and the currency of the amounts here ("" where none is
 * known). */
struct place {
	GString *path;
	char currency[CURRENCY_SIZE];
	struct error *error;
};

static const void *at(const void *object, size_t offset)
{
	return (const char *)object + offset;
}

static void *slot(void *object, size_t offset)
{
	return (char *)object + offset;
}

/* ---- writing ---- */

static size_t cut_length(const char *text)
{
	size_t length = strnlen(text, SHAPE_MAX_TEXT + 1);
	if (length <= SHAPE_MAX_TEXT)
		return length;
	length = SHAPE_MAX_TEXT;
	while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

json_t *shape_text(const char *text)
{
	if (!text)
		return json_null();
	size_t length = cut_length(text);
	json_t *json = json_stringn(text, length);
	if (json)
		return json;
	char *valid = g_utf8_make_valid(text, (gssize)length);
	json = json_stringn(valid, cut_length(valid));
	g_free(valid);
	return json;
}

static json_t *write_texts(const GPtrArray *texts)
{
	json_t *list = json_array();
	for (guint i = 0; i < texts->len && i < SHAPE_MAX_LIST; i++)
		json_array_append_new(list, shape_text(texts->pdata[i]));
	return list;
}

static bool is_civil(date_t date)
{
	return date >= date_from_parts(1900, 1, 1) && date <= date_from_parts(2199, 12, 31);
}

static json_t *write_date(date_t date)
{
	char text[DATE_TEXT_SIZE];
	return is_civil(date) ? json_string(date_format(date, text)) : json_null();
}

/* A foreign clock may say anything: years and zones outside of the calendar are no date. */
static json_t *write_instant(instant_t instant, int zone)
{
	const instant_t first = instant_from_date(date_from_parts(1900, 1, 2), 0, 0);
	const instant_t last = instant_from_date(date_from_parts(2199, 12, 31), 0, 0);
	if (instant < first || instant >= last)
		return json_null();
	char text[INSTANT_TEXT_SIZE];
	bool is_zone = zone > -86400 && zone < 86400 && zone % 60 == 0;
	return json_string(instant_format(instant, is_zone ? zone : 0, text));
}

static json_t *write_amount(struct money amount, const struct place *place)
{
	char text[MONEY_TEXT_SIZE];
	if (money_is_none(amount) || strcmp(amount.currency, place->currency))
		return json_null();
	return json_string(money_format(amount, text));
}

static json_t *write_currency(const char *currency)
{
	return currency[0] ? json_string(currency) : json_null();
}

static json_t *write_object(const struct shape *shape, const void *object, struct place place);

static json_t *write_pointers(const struct shape *shape, const GPtrArray *objects, const struct place *place)
{
	json_t *list = json_array();
	for (guint i = 0; i < objects->len && i < SHAPE_MAX_LIST; i++)
		json_array_append_new(list, write_object(shape, objects->pdata[i], *place));
	return list;
}

static json_t *write_structs(const struct shape *shape, GArray *structs, const struct place *place)
{
	json_t *list = json_array();
	guint size = g_array_get_element_size(structs);
	for (guint i = 0; i < structs->len && i < SHAPE_MAX_LIST; i++)
		json_array_append_new(list, write_object(shape, structs->data + (size_t)i * size, *place));
	return list;
}

static json_t *write_field(const struct shape_field *field, const void *object, const struct place *place)
{
	const void *value = at(object, field->offset);
	switch (field->kind) {
	case SHAPE_TEXT:
	case SHAPE_OPTION:
		return shape_text(*(char *const *)value);
	case SHAPE_TEXTS:
		return write_texts(*(GPtrArray *const *)value);
	case SHAPE_WORD:
		return json_string(field->words->word(value));
	case SHAPE_LANGUAGE:
		return *(const char *)value ? json_string(value) : json_null();
	case SHAPE_BOOL:
		return json_boolean(*(const bool *)value);
	case SHAPE_THOUSANDTHS:
		return json_real(*(const int *)value / 1000.0);
	case SHAPE_DATE:
		return write_date(*(const date_t *)value);
	case SHAPE_INSTANT:
		return write_instant(*(const instant_t *)value, *(const int *)at(object, field->zone_offset));
	case SHAPE_CURRENCY:
		return write_currency(value);
	case SHAPE_CURRENCY_OF:
		return write_currency(((const struct money *)value)->currency);
	case SHAPE_AMOUNT:
		return write_amount(*(const struct money *)value, place);
	case SHAPE_INDEX:
		return *(const int *)value < 0 ? json_null() : json_integer(*(const int *)value);
	case SHAPE_OBJECT:
		return write_object(field->shape, value, *place);
	case SHAPE_POINTER:
		value = *(void *const *)value;
		return value ? write_object(field->shape, value, *place) : json_null();
	case SHAPE_POINTERS:
		return write_pointers(field->shape, *(GPtrArray *const *)value, place);
	case SHAPE_STRUCTS:
		return write_structs(field->shape, *(GArray *const *)value, place);
	}
	abort();
}

/* The currency that this object names for its amounts: its own, "" for "none known", or NULL where it has no
 * such key. */
static const char *named_currency(const struct shape *shape, const void *object)
{
	for (size_t i = 0; i < shape->count; i++) {
		const void *value = at(object, shape->fields[i].offset);
		if (shape->fields[i].kind == SHAPE_CURRENCY)
			return value;
		if (shape->fields[i].kind == SHAPE_CURRENCY_OF)
			return ((const struct money *)value)->currency;
	}
	return NULL;
}

static json_t *write_object(const struct shape *shape, const void *object, struct place place)
{
	const char *currency = named_currency(shape, object);
	if (currency)
		memcpy(place.currency, currency, CURRENCY_SIZE);
	json_t *json = json_object();
	for (size_t i = 0; i < shape->count; i++)
		json_object_set_new(
		    json, shape->fields[i].key, write_field(&shape->fields[i], object, &place));
	return json;
}

json_t *shape_write(const struct shape *shape, const void *object)
{
	struct place place = {0};
	return write_object(shape, object, place);
}

/* ---- reading ---- */

static bool refuse(const struct place *place, const char *what)
{
	return error_set(
	    place->error, STATUS_DATA, "%s: %s", place->path->len ? place->path->str : "(top)", what);
}

/* The text of a JSON string of at most MOST bytes, or NULL with the error set. */
static const char *text_of(const json_t *json, size_t most, const struct place *place)
{
	if (!json_is_string(json)) {
		refuse(place, "a text is expected");
		return NULL;
	}
	const char *text = json_string_value(json);
	if (json_string_length(json) > most || strlen(text) != json_string_length(json)) {
		refuse(place, "the text is too long or holds a NUL");
		return NULL;
	}
	return text;
}

static bool read_text(const json_t *json, const struct place *place, char **value)
{
	const char *text = text_of(json, SHAPE_MAX_TEXT, place);
	if (text)
		*value = g_strdup(text);
	return text != NULL;
}

static bool is_list(const json_t *json, const struct place *place)
{
	if (!json_is_array(json))
		return refuse(place, "a list is expected");
	return json_array_size(json) <= SHAPE_MAX_LIST || refuse(place, "the list is too long");
}

static bool read_texts(const json_t *json, struct place *place, GPtrArray *texts)
{
	if (!is_list(json, place))
		return false;
	gsize length = place->path->len;
	for (size_t i = 0; i < json_array_size(json); i++) {
		char *text;
		g_string_append_printf(place->path, "[%zu]", i);
		if (!read_text(json_array_get(json, i), place, &text))
			return false;
		g_ptr_array_add(texts, text);
		g_string_truncate(place->path, length);
	}
	return true;
}

static bool read_option(
    const json_t *json, const char *const *options, const struct place *place, char **value)
{
	const char *text = text_of(json, 64, place);
	if (!text)
		return false;
	for (; *options; options++)
		if (strcmp(*options, text) == 0) {
			*value = g_strdup(text);
			return true;
		}
	return refuse(place, "the word is not in the closed list");
}

static bool read_word(
    const json_t *json, const struct shape_words *words, const struct place *place, void *value)
{
	const char *text = text_of(json, 64, place);
	if (!text)
		return false;
	return words->from_word(text, value) || refuse(place, "the word is not in the closed list");
}

static bool read_language(const json_t *json, const struct place *place, char *value)
{
	const char *text = text_of(json, 2, place);
	if (!text)
		return false;
	if (!g_ascii_islower(text[0]) || !g_ascii_islower(text[1]))
		return refuse(place, "two small letters are expected");
	memcpy(value, text, 3);
	return true;
}

static bool read_bool(const json_t *json, const struct place *place, bool *value)
{
	if (!json_is_boolean(json))
		return refuse(place, "true or false is expected");
	*value = json_is_true(json);
	return true;
}

static bool read_thousandths(const json_t *json, const struct place *place, int *value)
{
	if (!json_is_number(json))
		return refuse(place, "a number is expected");
	double number = json_number_value(json);
	if (!(number >= 0 && number <= 1))
		return refuse(place, "a number from 0 to 1 is expected");
	*value = (int)(number * 1000 + 0.5);
	return true;
}

static bool read_index(const json_t *json, const struct place *place, int *value)
{
	if (!json_is_integer(json) || json_integer_value(json) < 0 ||
	    json_integer_value(json) >= SHAPE_MAX_LIST)
		return refuse(place, "an index is expected");
	*value = (int)json_integer_value(json);
	return true;
}

static bool read_date(const json_t *json, const struct place *place, date_t *value)
{
	const char *text = text_of(json, 10, place);
	return text && (date_parse(text, value) || refuse(place, "there is no such day"));
}

static bool read_instant(const json_t *json, const struct place *place, instant_t *value, int *zone)
{
	const char *text = text_of(json, 64, place);
	return text && (instant_parse(text, value, zone) || refuse(place, "there is no such instant"));
}

static bool read_currency(const json_t *json, const struct place *place, char *value)
{
	const char *text = text_of(json, 3, place);
	return text && (currency_set(value, text) || refuse(place, "there is no such currency"));
}

static bool read_amount(const json_t *json, const struct place *place, struct money *value)
{
	const char *text = text_of(json, MONEY_TEXT_SIZE, place);
	if (!text)
		return false;
	if (!place->currency[0])
		return refuse(place, "an amount without a currency");
	return money_parse(text, place->currency, value) ||
	       refuse(place, "this is no amount of the currency");
}

static bool read_object(const struct shape *shape, const json_t *json, struct place place, void *object);

static bool read_pointer(
    const struct shape *shape, const json_t *json, const struct place *place, void **pointer)
{
	void *object = shape->make();
	if (!read_object(shape, json, *place, object)) {
		shape->discard(object);
		return false;
	}
	*pointer = object;
	return true;
}

static bool read_pointers(
    const struct shape *shape, const json_t *json, struct place *place, GPtrArray *objects)
{
	if (!is_list(json, place))
		return false;
	gsize length = place->path->len;
	for (size_t i = 0; i < json_array_size(json); i++) {
		void *object;
		g_string_append_printf(place->path, "[%zu]", i);
		if (!read_pointer(shape, json_array_get(json, i), place, &object))
			return false;
		g_ptr_array_add(objects, object);
		g_string_truncate(place->path, length);
	}
	return true;
}

static bool read_structs(const struct shape *shape, const json_t *json, struct place *place, GArray *structs)
{
	if (!is_list(json, place))
		return false;
	gsize length = place->path->len;
	guint size = g_array_get_element_size(structs);
	for (size_t i = 0; i < json_array_size(json); i++) {
		g_array_set_size(structs, (guint)i + 1);
		void *element = structs->data + i * size;
		memset(element, 0, size);
		shape->empty(element);
		g_string_append_printf(place->path, "[%zu]", i);
		if (!read_object(shape, json_array_get(json, i), *place, element))
			return false;
		g_string_truncate(place->path, length);
	}
	return true;
}

/* Kinds for which null says "not known", which an empty struct says already. */
static bool may_be_null(enum shape_kind kind)
{
	switch (kind) {
	case SHAPE_TEXT:
	case SHAPE_OPTION:
	case SHAPE_LANGUAGE:
	case SHAPE_DATE:
	case SHAPE_INSTANT:
	case SHAPE_CURRENCY:
	case SHAPE_CURRENCY_OF:
	case SHAPE_AMOUNT:
	case SHAPE_INDEX:
	case SHAPE_POINTER:
		return true;
	default:
		return false;
	}
}

static bool read_value(const struct shape_field *field, const json_t *json, struct place *place, void *object)
{
	void *value = slot(object, field->offset);
	if (json_is_null(json) && may_be_null(field->kind))
		return true;
	switch (field->kind) {
	case SHAPE_TEXT:
		return read_text(json, place, value);
	case SHAPE_TEXTS:
		return read_texts(json, place, *(GPtrArray **)value);
	case SHAPE_OPTION:
		return read_option(json, field->options, place, value);
	case SHAPE_WORD:
		return read_word(json, field->words, place, value);
	case SHAPE_LANGUAGE:
		return read_language(json, place, value);
	case SHAPE_BOOL:
		return read_bool(json, place, value);
	case SHAPE_THOUSANDTHS:
		return read_thousandths(json, place, value);
	case SHAPE_DATE:
		return read_date(json, place, value);
	case SHAPE_INSTANT:
		return read_instant(json, place, value, slot(object, field->zone_offset));
	case SHAPE_CURRENCY:
		return read_currency(json, place, value);
	case SHAPE_CURRENCY_OF:
		return true; /* taken before, for the amounts */
	case SHAPE_AMOUNT:
		return read_amount(json, place, value);
	case SHAPE_INDEX:
		return read_index(json, place, value);
	case SHAPE_OBJECT:
		return read_object(field->shape, json, *place, value);
	case SHAPE_POINTER:
		return read_pointer(field->shape, json, place, value);
	case SHAPE_POINTERS:
		return read_pointers(field->shape, json, place, *(GPtrArray **)value);
	case SHAPE_STRUCTS:
		return read_structs(field->shape, json, place, *(GArray **)value);
	}
	abort();
}

static void path_push(struct place *place, const char *key)
{
	if (place->path->len)
		g_string_append_c(place->path, '.');
	g_string_append(place->path, key);
}

/* The currency comes first, wherever its key stands: the amounts need it. */
static bool take_currency(const struct shape *shape, const json_t *json, struct place *place)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		if (field->kind != SHAPE_CURRENCY && field->kind != SHAPE_CURRENCY_OF)
			continue;
		const json_t *value = json_object_get(json, field->key);
		if (!value && field->optional)
			return true;
		place->currency[0] = '\0';
		if (!value || json_is_null(value))
			return true;
		gsize length = place->path->len;
		path_push(place, field->key);
		if (!read_currency(value, place, place->currency))
			return false;
		g_string_truncate(place->path, length);
	}
	return true;
}

static bool read_object(const struct shape *shape, const json_t *json, struct place place, void *object)
{
	if (!json_is_object(json))
		return refuse(&place, "an object is expected");
	if (!take_currency(shape, json, &place))
		return false;
	gsize length = place.path->len;
	for (size_t i = 0; i < shape->count; i++) {
		const struct shape_field *field = &shape->fields[i];
		const json_t *value = json_object_get(json, field->key);
		path_push(&place, field->key);
		if (!value && !field->optional)
			return refuse(&place, "the key is missing");
		if (value && !read_value(field, value, &place, object))
			return false;
		g_string_truncate(place.path, length);
	}
	return true;
}

bool shape_read(
    const struct shape *shape, const json_t *json, const char *path, void *object, struct error *error)
{
	struct place place = {.path = g_string_new(path), .error = error};
	bool read = read_object(shape, json, place, object);
	g_string_free(place.path, TRUE);
	return read;
}
