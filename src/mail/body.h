/* Which parts of a MIME tree are the text that a person wrote, and which are attachments. Pure. */
#ifndef RELANCE_MAIL_BODY_H
#define RELANCE_MAIL_BODY_H

#include "base/base.h"
#include "mail/entity.h"

/* One text of the body, in the forms in which it was sent: what stands in one multipart/alternative, or a
 * text alone. */
struct body_text {
	GPtrArray *plain; /* of struct entity *, borrowed */
	GPtrArray *html;  /* the same; several where attachments stand between (Apple Mail) */
};

struct body {
	GPtrArray *texts;	/* of struct body_text *, in their order */
	struct entity *html;	/* the first text/html part of the body, or NULL; borrowed */
	GPtrArray *attachments; /* of struct entity *, borrowed */
	bool is_sealed; /* the text is in a part that we do not open: encrypted, opaquely signed, TNEF */
};

void body_init(struct body *body, struct entity *root);
void body_clear(struct body *body);

#endif
