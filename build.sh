#!/usr/bin/env bash
# Builds the program when its sources changed, and starts it: ./build.sh lists what it can do.
# CakePolyfills=true|false chooses between build/polyfills and the genuine Cake packages; without it, the package source is asked once.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
out=$root/artifacts/dotnet
program=$out/bin/SyscallBench.Build/release/syscall-bench.dll
stamp=$out/build.stamp
answer=$out/cake-polyfills
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 SYSCALL_BENCH_ROOT=$root

say() {
	echo "$*" >&2
}

fail() {
	say "error: $*"
	exit 1
}

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

# Name, size and time of every source, so that added, changed and deleted files all count.
fingerprint() {
	echo "$dotnet ${CakePolyfills:-$(cat "$answer" 2>/dev/null || echo unknown)}"
	(cd "$root/build" && find core host polyfills Directory.* global.json -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort)
}

up_to_date() {
	[[ -f $program && -f $stamp ]] && fingerprint | cmp -s - "$stamp"
}

# dotnet WORD OPTIONS...: on the host project, from the folder whose global.json counts, without handing on the lock.
on_host() {
	(cd "$root/build" && NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=2 ${limit:+timeout "$limit"} "$dotnet" "$1" host -v q -nologo -p:NuGetAudit=false "${@:2}" 2>&1 9>&-)
}

# Asks the package source for the genuine packages. An answer is kept; where none came, the next build asks again.
choose_packages() {
	[[ -z ${CakePolyfills:-} && ! -s $answer && -d $root/build/polyfills ]] || return 0
	local log
	if log=$(limit=90 on_host restore -p:CakePolyfills=false -p:ArtifactsPath="$out/probe"); then
		say "packages: Cake's own"
		echo false >"$answer"
	elif [[ $log == *NU110[123]* ]]; then
		say "packages: the package source lacks Cake's; build/polyfills stands in (CakePolyfills=false overrides)"
		echo true >"$answer"
	else
		say "packages: the package source does not answer; trying with what this machine has"
	fi
}

build() {
	choose_packages
	local log started=$SECONDS before
	before=$(fingerprint)
	# Analysers are for those who change the sources; a newer SDK's must not keep anyone from measuring.
	if ! log=$(on_host build -c Release -nodeReuse:false -p:UseSharedCompilation=false -clp:NoSummary -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false); then
		[[ $log != *NU1301* ]] || fail "packages are missing and the package source does not answer; is there a network, or a proxy to set?"
		grep -oE '[^ ]*error [A-Z]+[0-9]+:.*' <<<"$log" | sed 's/ \[[^]]*\]$//' | sort -u >&2 || say "$log"
		fail "the program in build/ does not compile"
	fi
	echo "$before" >"$stamp.new"
	mv "$stamp.new" "$stamp"
	say "compiled the program in $((SECONDS - started)) s"
}

case ${CakePolyfills:-} in
'' | true | false) ;;
*) say "error: CakePolyfills=$CakePolyfills: not true or false" && exit 2 ;;
esac

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
