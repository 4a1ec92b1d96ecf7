/* An answer that came as an attachment: "answer.txt", or the text that Exchange has made "ATT00001.htm".
 * Pure. */
#ifndef RELANCE_MAIL_ATTACHED_TEXT_H
#define RELANCE_MAIL_ATTACHED_TEXT_H

#include "base/base.h"
#include "mail/body.h"
#include "mail/text_lines.h"

/* The lines of the first attachment of BODY that may be an answer go to LINES. False where there is none. */
bool attached_text_lines(const struct body *body, struct text_lines *lines);

#endif
