/* All that the front can say to an MTA. There is no word for refusing, delaying, discarding or altering a
 * message. */
#ifndef RELANCE_FRONT_ANSWER_H
#define RELANCE_FRONT_ANSWER_H

enum answer {
	ANSWER_CONTINUE, /* go on with this message */
	ANSWER_ACCEPT,	 /* accepted as far as we care: nothing more of this message needs to be sent to us */
	ANSWER_SKIP,	 /* no more of the body, please */
	ANSWER_NOREPLY,	 /* nothing: the MTA does not wait */
};

#endif
