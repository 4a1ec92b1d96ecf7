# Stories on a private Postfix and a private Sendmail; skipped where contrib/setup has not unpacked them.
end_to_end_tests = \
	tests/end-to-end/consent \
	tests/end-to-end/copies \
	tests/end-to-end/direction \
	tests/end-to-end/doctor \
	tests/end-to-end/doctor-lines \
	tests/end-to-end/failing-open-postfix \
	tests/end-to-end/failing-open-sendmail \
	tests/end-to-end/orders \
	tests/end-to-end/story-postfix \
	tests/end-to-end/story-sendmail \
	tests/end-to-end/taught \
	tests/end-to-end/transparency
dist_check_SCRIPTS += $(end_to_end_tests)
TESTS += $(end_to_end_tests)
EXTRA_DIST += \
	tests/end-to-end/odd_messages.py \
	tests/end-to-end/harness/__init__.py \
	tests/end-to-end/harness/journal.py \
	tests/end-to-end/harness/message.py \
	tests/end-to-end/harness/mta.py \
	tests/end-to-end/harness/plot.py \
	tests/end-to-end/harness/postfix.py \
	tests/end-to-end/harness/queue_file.py \
	tests/end-to-end/harness/raw_smtp.py \
	tests/end-to-end/harness/reference.py \
	tests/end-to-end/harness/relance.py \
	tests/end-to-end/harness/sendmail.py \
	tests/end-to-end/harness/sink.py \
	tests/end-to-end/harness/story.py \
	tests/end-to-end/harness/trouble.py \
	tests/end-to-end/harness/wait.py \
	tests/end-to-end/harness/workplace.py
