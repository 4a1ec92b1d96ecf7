# relance(1) as people and programs use it.
cli_tests = \
	tests/cli/acting \
	tests/cli/doctor \
	tests/cli/due-lines \
	tests/cli/dues \
	tests/cli/findings \
	tests/cli/further-language \
	tests/cli/hostile-text \
	tests/cli/import-books \
	tests/cli/learning \
	tests/cli/letters \
	tests/cli/machine-forms \
	tests/cli/people \
	tests/cli/reading \
	tests/cli/reports \
	tests/cli/store \
	tests/cli/teach \
	tests/cli/usage
dist_check_SCRIPTS += $(cli_tests)
TESTS += $(cli_tests)
EXTRA_DIST += \
	tests/cli/book.csv \
	tests/cli/stage.sh \
	tests/cli/expected/aging.txt \
	tests/cli/expected/agingasof20260201.txt \
	tests/cli/expected/customer-camping.txt \
	tests/cli/expected/customer.txt \
	tests/cli/expected/disputes.txt \
	tests/cli/expected/forecast.txt \
	tests/cli/expected/list.txt \
	tests/cli/expected/listasof20260201.txt \
	tests/cli/expected/listlangfr.txt \
	tests/cli/expected/promises.txt \
	tests/cli/expected/showF2026119.txt \
	tests/cli/expected/showF2026130.txt \
	tests/cli/expected/whyF2026130.txt \
	tests/cli/expected/whyF2026135.txt
