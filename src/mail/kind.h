/*
 * What kind of mail it is by its header: a person's, an automatic answer, other automatic mail, a list's.
 * Reports are told apart before (delivery_read.h). Never from the body (machine_words.h). Pure.
 */
#ifndef RELANCE_MAIL_KIND_H
#define RELANCE_MAIL_KIND_H

#include "base/base.h"
#include "mail/entity.h"
#include "mail/message.h"

/* SUBJECT decoded, may be NULL. RULE gets why, "header:NAME", "report:feedback-report", "subject" or "none";
 * g_free. */
enum message_kind kind_of_mail(
    const struct mail_words *words, const struct entity *root, const char *subject, char **rule);

#endif
