/*
 * One run of sendmail(1), so that whatever dies when, it is known afterwards whether the mail may be given
 * again. A submission has a file in FOLDER that a helper process writes durably as it goes: nothing yet,
 * "started", "exit N …", "timeout". The helper lives in a session of its own with the whole mail in memory:
 * the clerk's death neither stops nor truncates it. While anybody works on a submission its file is locked.
 */
#ifndef RELANCE_DUNNING_SUBMISSION_H
#define RELANCE_DUNNING_SUBMISSION_H

#include "base/base.h"

enum submission_state {
	SUBMISSION_ABSENT,	  /* no file: another machine's, or forgotten */
	SUBMISSION_RUNNING,	  /* somebody works on it now */
	SUBMISSION_NEVER_STARTED, /* sendmail was not run */
	SUBMISSION_DOUBTFUL,	  /* it was started, and nobody saw the end */
	SUBMISSION_EXITED,
};

struct submission_result {
	enum submission_state state;
	int status;	/* of SUBMISSION_EXITED: sendmail's exit status */
	char text[256]; /* what sendmail said on its standard error, one line */
};

/* Exit status of SUBMISSION_EXITED when sendmail could not be executed. */
#define SUBMISSION_CANNOT_EXECUTE 127

/* Makes FOLDER and the file of KEY, locked, before the journal says "submitting". The descriptor, or -1;
 * STATUS_TRY_AGAIN when another clerk works on it. */
int submission_prepare(const char *folder, const char *key, struct error *error);

struct submission {
	const char *sendmail;
	const char *sender;
	const char *recipients; /* separated by spaces */
	const char *envelope_id;
	const char *notify; /* of what the sender is told (RFC 3461); NULL: success, failure and delay */
	const void *mail;
	size_t length;
	int seconds; /* the longest that sendmail may take */
};
/* Runs it to its end. DESCRIPTOR is of submission_prepare() and is closed. False: nothing was started. */
bool submission_run(int descriptor, const struct submission *submission, struct submission_result *result,
    struct error *error);
/* What became of an earlier one. */
bool submission_look(
    const char *folder, const char *key, struct submission_result *result, struct error *error);
/* Locks the file of a submission that never started so that it can be run now; -1 where that is not so any
 * more. */
int submission_take(const char *folder, const char *key);
/* The journal knows the end: the file goes. */
void submission_forget(const char *folder, const char *key);

#endif
