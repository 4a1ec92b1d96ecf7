/* Tells systemd how a service does (sd_notify(3)), without its library. Nothing happens where NOTIFY_SOCKET
 * is not set. */
#ifndef RELANCE_HOST_NOTIFY_H
#define RELANCE_HOST_NOTIFY_H

#include "base/base.h"

/* STATE: "READY=1", "STOPPING=1", "STATUS=…", several separated by newlines. A failure is nobody's trouble.
 */
void notify_service(const char *state);

#endif
