#include "base/base.h"
#include "front/milter.h"

#include "front/session.h"

#include <errno.h>
#include <grp.h>
#include <libmilter/mfapi.h>
#include <sys/stat.h>
#include <unistd.h>

/* libmilter has no room for a pointer of ours but in the connection, and that is the session. */
static struct shared *served;

/* The one place where an answer becomes a status. */
static sfsistat status_of(enum answer answer)
{
	switch (answer) {
	case ANSWER_CONTINUE:
		return SMFIS_CONTINUE;
	case ANSWER_SKIP:
		return SMFIS_SKIP;
	case ANSWER_NOREPLY:
		return SMFIS_NOREPLY;
	case ANSWER_ACCEPT:
		break;
	}
	return SMFIS_ACCEPT;
}

static struct session *session_of(SMFICTX *context)
{
	return smfi_getpriv(context);
}

static const char *macro_of(void *context, const char *name)
{
	return smfi_getsymval(context, (char *)name);
}

/* What an observer can do without, each only where the MTA offers it. libmilter offers the NR steps itself,
 * and fakes the answers for an MTA that does not know them. */
#define STEPS_WANTED                                                                                         \
	(SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NODATA | SMFIP_NR_CONN | SMFIP_NR_MAIL | SMFIP_NR_RCPT |     \
	    SMFIP_NR_HDR | SMFIP_SKIP | SMFIP_HDR_LEADSPC)

/* The macros that are used, stage by stage; an MTA that cannot be asked sends its own list, which has most of
 * them. */
static void ask_for_macros(SMFICTX *context)
{
	static const struct {
		int stage;
		const char *macros;
	} wanted[] = {
	    {SMFIM_CONNECT, "{daemon_name}"},
	    {SMFIM_ENVFROM, "{auth_authen}"},
	    {SMFIM_EOH, "i"},
	    {SMFIM_EOM, "i {msg_id}"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(wanted); i++)
		smfi_setsymlist(context, wanted[i].stage, (char *)wanted[i].macros);
}

static sfsistat on_negotiate(SMFICTX *context, unsigned long actions, unsigned long steps,
    unsigned long reserved2, unsigned long reserved3, unsigned long *own_actions, unsigned long *own_steps,
    unsigned long *own2, unsigned long *own3)
{
	(void)actions, (void)reserved2, (void)reserved3;
	unsigned long agreed = steps & STEPS_WANTED;
	*own_actions = 0; /* no action: altering mail is impossible from here on */
	*own_steps = agreed;
	*own2 = 0;
	*own3 = 0;
	struct agreement agreement = {
	    .no_reply_connect = agreed & SMFIP_NR_CONN,
	    .no_reply_mail = agreed & SMFIP_NR_MAIL,
	    .no_reply_recipient = agreed & SMFIP_NR_RCPT,
	    .no_reply_header = agreed & SMFIP_NR_HDR,
	    .skip = agreed & SMFIP_SKIP,
	    .leading_space = agreed & SMFIP_HDR_LEADSPC,
	};
	ask_for_macros(context);
	smfi_setpriv(context, session_new(served, agreement));
	return status_of(ANSWER_CONTINUE);
}

/* An MTA that negotiates nothing (protocol 1) never calls on_negotiate; without a session all is accepted. */
static sfsistat on_connect(SMFICTX *context, char *host_name, _SOCK_ADDR *address)
{
	struct session *session = session_of(context);
	return status_of(
	    session ? session_connect(session, host_name, address, macro_of, context) : ANSWER_ACCEPT);
}

static sfsistat on_mail(SMFICTX *context, char **arguments)
{
	struct session *session = session_of(context);
	const char *sender = arguments[0] ? arguments[0] : "";
	return status_of(session ? session_mail(session, sender, macro_of, context) : ANSWER_ACCEPT);
}

static sfsistat on_recipient(SMFICTX *context, char **arguments)
{
	struct session *session = session_of(context);
	const char *recipient = arguments[0] ? arguments[0] : "";
	return status_of(session ? session_recipient(session, recipient) : ANSWER_ACCEPT);
}

static sfsistat on_header(SMFICTX *context, char *name, char *value)
{
	struct session *session = session_of(context);
	return status_of(session ? session_header(session, name, value) : ANSWER_ACCEPT);
}

static sfsistat on_end_of_headers(SMFICTX *context)
{
	struct session *session = session_of(context);
	return status_of(session ? session_end_of_headers(session, macro_of, context) : ANSWER_ACCEPT);
}

static sfsistat on_body(SMFICTX *context, unsigned char *bytes, size_t length)
{
	struct session *session = session_of(context);
	return status_of(session ? session_body(session, bytes, length) : ANSWER_ACCEPT);
}

static sfsistat on_end_of_message(SMFICTX *context)
{
	struct session *session = session_of(context);
	return status_of(session ? session_end_of_message(session, macro_of, context) : ANSWER_ACCEPT);
}

static sfsistat on_abort(SMFICTX *context)
{
	struct session *session = session_of(context);
	return status_of(session ? session_abort(session) : ANSWER_CONTINUE);
}

/* May be the only call of a connection, and may be missing when the front is stopped. */
static sfsistat on_close(SMFICTX *context)
{
	session_free(session_of(context));
	smfi_setpriv(context, NULL);
	return status_of(ANSWER_CONTINUE);
}

/* Sets the group and the mode of a unix socket, which bind() made with no more than the owner's rights. */
static bool socket_rights(const char *path, const struct settings *settings, struct error *error)
{
	if (*settings->socket_group) {
		struct group *group = getgrnam(settings->socket_group);
		if (!group)
			return error_set(error, STATUS_CONFIG, "socket_group: there is no group \"%s\"",
			    settings->socket_group);
		if (chown(path, (uid_t)-1, group->gr_gid) < 0)
			return error_set_errno(error, STATUS_NO_PERMISSION, errno, "socket_group: %s for %s",
			    settings->socket_group, path);
	}
	if (chmod(path, (mode_t)settings->socket_mode) < 0)
		return error_set_errno(error, STATUS_NO_PERMISSION, errno, "socket_mode: %s", path);
	return true;
}

bool milter_open(struct shared *shared, const struct settings *settings, struct error *error)
{
	static struct smfiDesc description = {
	    .xxfi_name = (char *)"relance",
	    .xxfi_version = SMFI_VERSION,
	    .xxfi_flags = 0,
	    .xxfi_connect = on_connect,
	    .xxfi_envfrom = on_mail,
	    .xxfi_envrcpt = on_recipient,
	    .xxfi_header = on_header,
	    .xxfi_eoh = on_end_of_headers,
	    .xxfi_body = on_body,
	    .xxfi_eom = on_end_of_message,
	    .xxfi_abort = on_abort,
	    .xxfi_close = on_close,
	    .xxfi_negotiate = on_negotiate,
	};
	served = shared;
	if (smfi_register(description) != MI_SUCCESS || smfi_setconn(settings->socket) != MI_SUCCESS)
		return error_set(
		    error, STATUS_CONFIG, "socket: %s: libmilter does not take it", settings->socket);
	mode_t before = umask(0177);
	errno = 0;
	bool opened = smfi_opensocket(true) == MI_SUCCESS; /* true: a stale socket file is removed */
	int number = errno;
	umask(before);
	if (!opened)
		return number ? error_set_errno(
				    error, STATUS_CANNOT_CREATE, number, "socket: %s", settings->socket)
			      : error_set(error, STATUS_CANNOT_CREATE, "socket: %s: cannot be opened",
				    settings->socket);
	const char *path = strchr(settings->socket, ':') + 1;
	return *path != '/' || socket_rights(path, settings, error);
}

bool milter_run(struct error *error)
{
	return smfi_main() == MI_SUCCESS ||
	       error_set(error, STATUS_UNAVAILABLE, "libmilter has given up; the mail log tells why");
}
