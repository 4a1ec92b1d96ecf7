/* An answer that came as an attachment: "answer.txt", or the text that Exchange has made "ATT00001.htm".
 * Pure. */
#ifndef RELANCE_MAIL_ATTACHED_TEXT_H
#define RELANCE_MAIL_ATTACHED_TEXT_H

#include "base/base.h"
#include "mail/body.h"
#include "mail/text_lines.h"

/*
 * The lines of the next attachment of BODY that may be an answer, from number *AT on (0 at first), go to
 * LINES, which are empty before. False where there is none. CONTINUES: it is no document of anybody's but
 * goes on with the body, which a mail server has taken apart ("ATT00001.txt").
 */
bool attached_text_next(const struct body *body, unsigned *at, struct text_lines *lines, bool *continues);

#endif
