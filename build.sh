#!/usr/bin/env bash
# Builds the program when its sources changed, and starts it: ./build.sh lists what it can do.
# CakePolyfills=true|false chooses between build/polyfills and the genuine Cake packages; without it, the package source is asked once.
set -euo pipefail

# A closed stream would be the first file that somebody opens.
{ : <&0; } 2>/dev/null || exec </dev/null
{ : >&1; } 2>/dev/null || exec >/dev/null
{ : >&2; } 2>/dev/null || exec 2>/dev/null

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
out=$root/artifacts/dotnet
program=$out/bin/SyscallBench.Build/release/syscall-bench.dll
stamp=$out/build.stamp answer=$out/cake-polyfills log=$out/build.log
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=2 SYSCALL_BENCH_ROOT=$root
# A bare machine has no ICU, and nothing here needs one. For debuggers .NET makes a socket and two pipes in /tmp, and leaves them there when it is killed.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_EnableDiagnostics=${DOTNET_EnableDiagnostics:-0}

say() { echo "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# The first dotnet that has a .NET 10 SDK beside it.
find_dotnet() {
	local candidate path
	for candidate in dotnet "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet"; do
		path=$(readlink -f "$(command -v "$candidate" || true)" || true)
		compgen -G "${path%/*}/sdk/10.*" >/dev/null || continue
		echo "$path"
		return
	done
	fail "no .NET 10 SDK on PATH, in DOTNET_ROOT or in ~/.dotnet; get it from https://dot.net/download and run this again"
}

# NuGet's lists of package sources; with further conditions of find.
feeds() { find "${HOME:-/}/.nuget/NuGet" "$root" "$root/build" -maxdepth 1 -iname nuget.config "$@" 2>/dev/null || true; }

# Name, size and time of every source, so that added, changed and deleted files all count.
fingerprint() {
	echo "$dotnet ${CakePolyfills:-$(cat "$answer" 2>/dev/null || echo unknown)}"
	{ find "$root/build" -name tests -prune -o -type f -printf '%p %s %T@\n' && feeds -printf '%p %s %T@\n'; } | LC_ALL=C sort -u
}

up_to_date() { [[ -f $program && -f $stamp ]] && fingerprint | cmp -s - "$stamp"; }

# run_dotnet WHAT ARGUMENT...: from the folder whose global.json counts, with its output in $log. Says every two seconds that it goes on.
run_dotnet() {
	local started=$SECONDS status=0 from='' to=$'\n' ticker
	[[ ! -t 2 ]] || from=$'\r\e[K' to=''
	while sleep 2 2>&-; kill -0 $$ 2>&-; do printf '%s' "$from  $1: $((SECONDS - started)) s$to" >&2; done >&- 9>&- &
	ticker=$!
	(cd "$root/build" && timeout 3600 "$dotnet" "$2" "$3" -v q -nologo -p:NuGetAudit=false "${@:4}") >"$log" 2>&1 9>&- || status=$?
	kill "$ticker"
	printf '%s' "$from" >&2
	return "$status"
}

# The package source answered, and does not have them.
lacks() { ! grep -q NU1301 "$log" && grep -qE "NU(110[0-3]|1603)" "$log"; }

# Asks the package source for the genuine packages. Its answer is kept until the list of sources changes, and a no for a day at most; no answer never.
choose_packages() {
	[[ -z ${CakePolyfills:-} && -d $root/build/polyfills ]] || return 0
	[[ ! -s $answer || -n $(feeds -newer "$answer")$(grep -q false "$answer" || find "$answer" -mmin +1440) ]] || return 0
	say "asking the package source for Cake's packages: about 5 s, once a day at most"
	if run_dotnet "asking" restore polyfills/Probe.csproj -p:CakePolyfills=false; then
		say "packages: Cake's own"
		echo false >"$answer"
	elif lacks; then
		say "packages: the package source lacks Cake's; build/polyfills stands in (CakePolyfills=false overrides)"
		echo true >"$answer"
	else
		say "packages: the package source does not answer; trying with what this machine has"
	fi
}

build() {
	local started=$SECONDS before
	choose_packages
	before=$(fingerprint)
	say "compiling the program: about half a minute; the first time a minute or two, with about 100 MB of packages to download"
	# Analysers are for those who change the sources; a newer SDK's must not keep anyone from measuring.
	if ! run_dotnet "compiling" build host -c Release -nodeReuse:false -p:UseSharedCompilation=false -clp:NoSummary -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false; then
		! grep -q NU1301 "$log" || fail "packages are missing and the package source does not answer; is there a network, or a proxy to set?"
		! lacks || ! grep -q 'Unable.* Cake\.' "$log" || fail "the package source lacks Cake's packages; give NuGet one that has them, or use build/polyfills (git checkout -- build/polyfills; CakePolyfills=true)"
		grep -oE '[^ ]*error [A-Z]+[0-9]+:.*' "$log" | sed 's/ \[[^]]*\]$//' | sort -u >&2 || cat "$log" >&2
		fail "the program in build/ does not compile"
	fi
	echo "$before" >"$stamp.new"
	mv "$stamp.new" "$stamp"
	say "compiled the program in $((SECONDS - started)) s"
}

[[ ${CakePolyfills:-true} =~ ^(true|false)$ ]] || { say "error: CakePolyfills=$CakePolyfills: not true or false"; exit 2; }
dotnet=$(find_dotnet)
if ! up_to_date; then
	mkdir -p "$out" 2>/dev/null || fail "cannot write to $root/artifacts"
	# Two at once would write the same files: the second waits, and finds the work done.
	exec 9>"$out/build.lock"
	flock 9
	up_to_date || build
	exec 9>&-
fi
# Whatever the program starts in turn (its own tests) finds the same dotnet.
export PATH=${dotnet%/*}:$PATH DOTNET_ROOT=${dotnet%/*}
exec "$dotnet" "$program" "$@"
