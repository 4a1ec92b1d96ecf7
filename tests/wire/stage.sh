# A work folder with a configuration, and relanced with the real front in it. The readers and the clerk are stand-ins that do
# nothing, so that the spool keeps what came. Sourced.
here="${top_srcdir:?}/tests/wire"
build="${top_builddir:?}"
command -v miltertest >/dev/null || { echo "miltertest is not installed"; exit 77; }

work=$(mktemp -d /tmp/relance-wire-XXXXXX) || exit 1
daemon=

stage_finish() {
	status=$?
	stage_stop
	[ "$status" = 0 ] || cat "$work/log"
	rm -rf "$work"
	exit "$status"
}
trap stage_finish EXIT
trap 'exit 1' INT TERM

fail() {
	echo "$1"
	exit 1
}

mkdir "$work/libexec" "$work/run"
ln -s "$build/relance-front" "$work/libexec/"
for stand_in in relance-reader relance-clerk; do
	printf '#!/bin/sh\ntrap "" USR1\nwhile :; do sleep 1; done\n' >"$work/libexec/$stand_in"
	chmod +x "$work/libexec/$stand_in"
done

# stage_configure MAILBOX [MORE]: MAILBOX is watched, MORE are lines of the configuration.
stage_configure() {
	cat >"$work/relance.conf" <<END
user = ""
log = stderr
test_clock = yes
socket = "unix:$work/milter.sock"
socket_mode = 0666
state_dir = "$work/state"
run_dir = "$work/run"
max_message_size = 12MB
networks = {"192.0.2.0/24"}
${2-}
company "Ours" {
	domains = {ours.example}
	senders = {billing@ours.example}
	mailboxes = {$1, billing@ours.example}
	language = en
}
END
}

# until_logged COUNT PATTERN: waits until PATTERN is COUNT times in the log.
until_logged() {
	tries=0
	until [ "$(grep -cE "$2" "$work/log")" -ge "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 500 ] || fail "the log never has $1 times: $2"
		sleep 0.02
	done
}

stage_start() {
	: >"$work/log"
	"$build/relanced" -F -c "$work/relance.conf" --libexec "$work/libexec" "$@" 2>"$work/log" &
	daemon=$!
	until_logged 1 'relance-front.*: started'
}

# Its exit status.
stage_stop() {
	[ -n "$daemon" ] || return 0
	kill "$daemon" 2>/dev/null
	wait "$daemon"
	ended=$?
	daemon=
	return $ended
}

front_pid() {
	sed -n 's/^relance-front\[\([0-9]*\)\]: started.*/\1/p' "$work/log" | tail -n 1
}

# play SCRIPT: a Lua script of this folder or of the work folder, behind wire.lua.
play() {
	{ cat "$here/wire.lua" "$1"; } >"$work/script.lua"
	miltertest -s "$work/script.lua" -D socket="unix:$work/milter.sock" -D spool="$work/state/spool" \
		-D odd="$work/odd" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
}
