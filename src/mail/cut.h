/* What the author newly wrote, apart from the quoted history and the signature. Linear in the text. Pure. */
#ifndef RELANCE_MAIL_CUT_H
#define RELANCE_MAIL_CUT_H

#include "base/base.h"
#include "mail/mail_words.h"
#include "mail/text_lines.h"

struct cut {
	char *new_text;	 /* never NULL */
	char *signature; /* or NULL */
	char *quoted;	 /* or NULL */
	bool is_partial; /* the author says that his answers stand in the quoted mail, and none was found
			    there, or not only his; or the old mail may follow unannounced */
};

void cut_lines(const struct mail_words *words, const struct text_lines *lines, struct cut *cut);
void cut_clear(struct cut *cut);

#endif
