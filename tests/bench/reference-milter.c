/*
 * The milters that Relance's speed is compared with, and that prove the test harness: they do nothing with a
 * mail.
 *
 *   reference-milter eoh SOCKET    accepts at end-of-headers
 *   reference-milter all SOCKET    takes the whole message and ignores it
 *
 * Both negotiate as the front does: no action, no reply where none is needed.
 */
#include "base/base.h"

#include <libmilter/mfapi.h>
#include <sys/stat.h>
#include <sysexits.h>

/* What is wanted of the offer: no HELO, no DATA, no unknown commands; no reply before end-of-headers. */
#define REFUSED_STEPS (SMFIP_NOHELO | SMFIP_NODATA | SMFIP_NOUNKNOWN)
#define NO_REPLIES    (SMFIP_NR_CONN | SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_HDR)

static bool takes_all;

static sfsistat negotiate(SMFICTX *context, unsigned long offered_actions, unsigned long offered_steps,
    unsigned long third, unsigned long fourth, unsigned long *actions, unsigned long *steps,
    unsigned long *third_out, unsigned long *fourth_out)
{
	(void)context;
	(void)offered_actions;
	(void)third;
	(void)fourth;
	*actions = 0;
	*steps = offered_steps & (REFUSED_STEPS | NO_REPLIES);
	*third_out = 0;
	*fourth_out = 0;
	return SMFIS_CONTINUE;
}

static sfsistat answer_without_reply(SMFICTX *context)
{
	(void)context;
	return SMFIS_NOREPLY;
}

static sfsistat on_connect(SMFICTX *context, char *name, _SOCK_ADDR *address)
{
	(void)name;
	(void)address;
	return answer_without_reply(context);
}

static sfsistat on_envelope(SMFICTX *context, char **arguments)
{
	(void)arguments;
	return answer_without_reply(context);
}

static sfsistat on_header(SMFICTX *context, char *name, char *value)
{
	(void)name;
	(void)value;
	return answer_without_reply(context);
}

static sfsistat on_end_of_headers(SMFICTX *context)
{
	(void)context;
	return takes_all ? SMFIS_CONTINUE : SMFIS_ACCEPT;
}

static sfsistat on_body(SMFICTX *context, unsigned char *bytes, size_t length)
{
	(void)context;
	(void)bytes;
	(void)length;
	return SMFIS_CONTINUE;
}

static sfsistat on_end_of_message(SMFICTX *context)
{
	(void)context;
	return SMFIS_ACCEPT;
}

static struct smfiDesc reference = {
    .xxfi_name = (char *)"reference",
    .xxfi_version = SMFI_VERSION,
    .xxfi_connect = on_connect,
    .xxfi_envfrom = on_envelope,
    .xxfi_envrcpt = on_envelope,
    .xxfi_header = on_header,
    .xxfi_eoh = on_end_of_headers,
    .xxfi_body = on_body,
    .xxfi_eom = on_end_of_message,
    .xxfi_negotiate = negotiate,
};

int main(int argc, char **argv)
{
	if (argc != 3 || (strcmp(argv[1], "eoh") != 0 && strcmp(argv[1], "all") != 0)) {
		fputs("usage: reference-milter eoh|all SOCKET\n", stderr);
		return EX_USAGE;
	}
	takes_all = strcmp(argv[1], "all") == 0;
	umask(0); /* the mail server of the tests runs as another user */
	if (smfi_setconn(argv[2]) != MI_SUCCESS || smfi_register(reference) != MI_SUCCESS ||
	    smfi_opensocket(true) != MI_SUCCESS) {
		fprintf(stderr, "reference-milter: cannot listen on %s\n", argv[2]);
		return EX_UNAVAILABLE;
	}
	return smfi_main() == MI_SUCCESS ? EX_OK : EX_SOFTWARE;
}
