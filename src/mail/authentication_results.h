/*
 * Authentication-Results (RFC 8601): what our own verifier in front of us found out about a message's
 * author.
 */
#ifndef RELANCE_MAIL_AUTHENTICATION_RESULTS_H
#define RELANCE_MAIL_AUTHENTICATION_RESULTS_H

#include "base/base.h"
#include "base/config.h"

#include <glib.h>

/*
 * Whether the message's author domain DOMAIN was authenticated: the topmost header field of VALUES (texts as
 * in struct message) was written by one of AUTHSERV_IDS and says dmarc=pass for DOMAIN, or dkim=pass with a
 * signing domain aligned with it (equal, or one a subdomain of the other). Anything else is false: an empty
 * list of ids, another id on top, a value that cannot be parsed. SPF alone proves nothing about the author.
 */
bool authentication_passed(const GPtrArray *values, const struct text_list *authserv_ids, const char *domain);

#endif
