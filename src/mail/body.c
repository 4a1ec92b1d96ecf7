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

/* A text with a file name is a document, unless it says that it is to be shown (Apple Mail names its texts).
 */
static bool is_text_of_body(const struct entity *entity, const char *media_type)
{
	return entity_is(entity, media_type) && !entity->is_attachment &&
	       (!entity->file_name || entity->is_inline);
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

static void walk(struct body *body, struct entity *entity)
{
	if (is_text_of_body(entity, "text/plain")) {
		g_ptr_array_add(body->plain, entity);
	} else if (is_text_of_body(entity, "text/html") && !body->html) {
		body->html = entity;
	} else if (entity_is_kind(entity, "multipart/") && !entity->parts->len &&
		   !entity->is_too_deep) { /* it has lost its boundaries */
		g_ptr_array_add(body->plain, entity);
	} else if (entity_is_kind(entity, "multipart/")) {
		for (unsigned i = 0; i < entity->parts->len; i++)
			walk(body, g_ptr_array_index(entity->parts, i));
	} else if (!is_dressing(entity)) {
		body->is_sealed = body->is_sealed || is_seal(entity);
		g_ptr_array_add(body->attachments, entity);
	}
}

void body_init(struct body *body, struct entity *root)
{
	*body = (struct body){.plain = g_ptr_array_new(), .attachments = g_ptr_array_new()};
	walk(body, root);
}

void body_clear(struct body *body)
{
	g_ptr_array_free(body->plain, TRUE);
	g_ptr_array_free(body->attachments, TRUE);
}
