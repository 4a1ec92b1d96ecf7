# Sourced by the tests of relance(1): a work folder, an installation with a test clock, and how to say what is expected.
# shellcheck shell=sh
set -u
build=${top_builddir:?}
here=${top_srcdir:?}/tests/cli
work=$(mktemp -d /tmp/relance-cli-XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 TZ=UTC NO_COLOR=1
export LC_ALL TZ NO_COLOR
unset SUDO_USER
RELANCE_LIBEXECDIR=$build RELANCE_LEXICONDIR=$top_srcdir/conf/lexicon
export RELANCE_LIBEXECDIR RELANCE_LEXICONDIR
now=2026-03-17T10:00:00+01:00
failures=0

cat >"$work/relance.conf" <<END
state_dir = "$work/state"
spool_dir = "$work/spool"
run_dir = "$work/run"
socket = "unix:$work/run/relance.sock"
user = ""
test_clock = yes
lexicon_dir = "$top_srcdir/conf/lexicon"
template_dir = "$top_srcdir/conf/templates"
template_extra_dir = ""
lexicon_extra_dir = ""
layout_dir = "$work/layouts"
company "Menuiserie Le Goff SARL" {
	domains = {"legoff.example"}
	senders = {"facturation@legoff.example"}
	language = fr
}
END

relance() {
	"$build/relance" -c "$work/relance.conf" --now "$now" "$@"
}

wrong() {
	echo "FAILED: $what: $1"
	failures=$((failures + 1))
}

# it SENTENCE: what the next lines are about
it() {
	what=$1
}

# expect STATUS COMMAND...: runs it; its output is in $work/out and $work/err
expect() {
	wanted=$1
	shift
	"$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	[ "$status" -eq "$wanted" ] || wrong "$* ended with $status, not $wanted: $(cat "$work/err")"
}

# says TEXT: what came on standard error
says() {
	[ "$(cat "$work/err")" = "$1" ] || wrong "said '$(cat "$work/err")', not '$1'"
}

# shows TEXT: somewhere on standard output
shows() {
	grep -qF -- "$1" "$work/out" || wrong "did not show '$1': $(cat "$work/out")"
}

# hides TEXT
hides() {
	! grep -qF -- "$1" "$work/out" || wrong "showed '$1'"
}

silent() {
	[ ! -s "$work/out" ] && [ ! -s "$work/err" ] || wrong "was not silent: $(cat "$work/out" "$work/err")"
}

# golden FILE: the output is that of tests/cli/expected/FILE (RELANCE_GOLDEN=write writes it: look at the difference)
golden() {
	if [ "${RELANCE_GOLDEN:-}" = write ]; then
		cp "$work/out" "$here/expected/$1"
	fi
	diff -u "$here/expected/$1" "$work/out" >"$work/difference" || wrong "$(cat "$work/difference")"
}

# python CODE ARGUMENTS...: `out` is the text of standard output; an assertion that fails is told
python() {
	code=$1
	shift
	python3 -c "import csv, io, json, sys
out = open('$work/out', encoding='utf-8', newline='').read()
$code" "$@" 2>"$work/trace" || wrong "$(tail -1 "$work/trace")"
}

# The book of the tests, with a payment, promises, disputes and holds.
book() {
	expect 0 relance init -q
	expect 0 relance import -q invoices "$here/book.csv"
	expect 0 relance pay F2026-119 5000 --ref 'virement 4711'
	expect 0 relance promise F2026-122 +8d
	expect 0 relance promise F2026-130 2026-03-31 1000,00
	expect 0 relance dispute F2026-121 quality 200 --owner anne
	expect 0 relance hold F2026-135 --until +10d --reason 'rappelle'
	expect 0 relance hold 'Camping des Dunes' --reason 'litige global'
	expect 0 relance pay F2026-118 3230.31 --on 2026-03-01
}

finish() {
	[ "$failures" -eq 0 ] || echo "$failures expectations failed"
	[ "$failures" -eq 0 ]
	exit
}
