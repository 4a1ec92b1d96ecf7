#include "base/base.h"
#include "mail/body.h"

/* Parts that are about the mail, not in it. */
static const char *const dressings[] = {"application/pgp-signature", "application/pkcs7-signature",
    "application/x-pkcs7-signature", "message/delivery-status", "message/global-delivery-status",
    "message/disposition-notification", "message/global-disposition-notification", "message/feedback-report",
    "text/rfc822-headers", "message/global-headers", "text/x-amp-html", "text/calendar"};

static bool is_dressing(const struct entity *entity)
{
	for (size_t i = 0; i < ARRAY_LENGTH(dressings); i++)
		if (entity_is(entity, dressings[i]))
			return true;
	return false;
}

/*
 * A text with a file name is a document, unless it says that it is to be shown and nothing stands before it:
 * some programs name their texts.
 */
static bool is_text_of_body(const struct body *body, const struct entity *entity)
{
	bool is_text = entity_is(entity, "text/plain") || entity_is(entity, "text/html");
	bool is_named_text = entity->file_name && !(entity->is_inline && !body->texts->len);
	return is_text && !entity->is_attachment && !is_named_text;
}

static bool is_seal(const struct entity *entity)
{
	static const char *const seals[] = {"application/pkcs7-mime", "application/x-pkcs7-mime",
	    "application/pgp-encrypted", "application/ms-tnef"};
	for (size_t i = 0; i < ARRAY_LENGTH(seals); i++)
		if (entity_is(entity, seals[i]))
			return true;
	return false;
}

static struct body_text *body_text_new(struct body *body)
{
	struct body_text *text = g_new0(struct body_text, 1);
	text->plain = g_ptr_array_new();
	text->html = g_ptr_array_new();
	g_ptr_array_add(body->texts, text);
	return text;
}

static void body_text_free(void *data)
{
	struct body_text *text = data;
	g_ptr_array_free(text->plain, TRUE);
	g_ptr_array_free(text->html, TRUE);
	g_free(text);
}

static void add_text(struct body *body, struct entity *entity, struct body_text *text)
{
	if (!text)
		text = body_text_new(body);
	bool is_html = entity_is(entity, "text/html");
	g_ptr_array_add(is_html ? text->html : text->plain, entity);
	if (is_html && !body->html)
		body->html = entity;
}

/* TEXT: the one to which texts in ENTITY belong; NULL: each is one of its own. */
static void walk(struct body *body, struct entity *entity, struct body_text *text)
{
	bool is_multipart = entity_is_kind(entity, "multipart/");
	bool has_lost_boundaries = is_multipart && !entity->parts->len && !entity->is_too_deep;
	if (is_text_of_body(body, entity) || has_lost_boundaries) {
		add_text(body, entity, text);
	} else if (is_multipart) {
		if (!text && entity_is(entity, "multipart/alternative"))
			text = body_text_new(body);
		for (unsigned i = 0; i < entity->parts->len; i++)
			walk(body, g_ptr_array_index(entity->parts, i), text);
	} else if (is_seal(entity) && entity->parts->len) {
		walk(body, g_ptr_array_index(entity->parts, 0), text);
	} else if (!is_dressing(entity)) {
		body->is_sealed = body->is_sealed || is_seal(entity);
		g_ptr_array_add(body->attachments, entity);
	}
}

void body_init(struct body *body, struct entity *root)
{
	*body = (struct body){
	    .texts = g_ptr_array_new_with_free_func(body_text_free), .attachments = g_ptr_array_new()};
	walk(body, root, NULL);
}

void body_clear(struct body *body)
{
	g_ptr_array_free(body->texts, TRUE);
	g_ptr_array_free(body->attachments, TRUE);
}
