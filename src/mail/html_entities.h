/* The named characters of HTML 4 (and &apos;). */
#ifndef RELANCE_MAIL_HTML_ENTITIES_H
#define RELANCE_MAIL_HTML_ENTITIES_H

#include "base/base.h"

/* 0 where no character has that NAME (without & and ;), of LENGTH bytes at most 9. */
uint32_t html_entity_code_point(const char *name, size_t length);

#endif
