#!/usr/bin/env bash
# Builds the program when its sources changed, and starts it: ./build.sh lists what it can do.
# CakePolyfills=true|false chooses between build/polyfills and the genuine Cake packages; without it, the package source is asked once.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
out=$root/artifacts/dotnet
program=$out/bin/SyscallBench.Build/release/syscall-bench.dll
stamp=$out/build.stamp
answer=$out/cake-polyfills
project=$root/build/host/SyscallBench.Build.csproj
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 SYSCALL_BENCH_ROOT=$root

fail() {
	echo "error: $*" >&2
	exit 1
}

find_dotnet() {
	local candidate
	for candidate in dotnet "${DOTNET_ROOT:-/nonexistent}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
		if command -v "$candidate" >/dev/null; then
			command -v "$candidate"
			return
		fi
	done
	fail "no dotnet on PATH, in DOTNET_ROOT or in ~/.dotnet; install the .NET 10 SDK: https://dot.net/download"
}

# Name, size and time of every source, so that added, changed and deleted files all count.
fingerprint() {
	echo "$dotnet ${CakePolyfills:-$(cat "$answer" 2>/dev/null || echo unknown)}"
	(cd "$root/build" && find core host polyfills Directory.* global.json -type f -printf '%p %s %T@\n' | LC_ALL=C sort)
}

up_to_date() {
	[[ -f $program && -f $stamp ]] && fingerprint | cmp -s - "$stamp"
}

# Asks the package source for the genuine packages, once; an answer is kept, no answer is not.
choose_packages() {
	[[ -z ${CakePolyfills:-} && ! -s $answer ]] || return 0
	if [[ ! -d $root/build/polyfills ]]; then
		echo false >"$answer"
		return
	fi
	local log status=0
	log=$(NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 timeout 60 "$dotnet" restore "$project" -p:CakePolyfills=false -v q \
		-p:ArtifactsPath="$out/probe" 2>&1) || status=$?
	if [[ $status -eq 0 ]]; then
		echo "packages: Cake's own, from the package source"
		echo false >"$answer"
	elif [[ $log == *NU1101* || $log == *NU1102* || $log == *NU1103* ]]; then
		echo "packages: the package source lacks Cake.Frosting; build/polyfills stands in (CakePolyfills=false overrides)"
		echo true >"$answer"
	else
		echo "packages: the package source does not answer; trying build/polyfills from the local cache"
	fi
}

build() {
	choose_packages
	local log started=$SECONDS
	if ! log=$("$dotnet" build "$project" -c Release -v q -nologo -clp:NoSummary 2>&1); then
		grep -E '(error|warning) ' <<<"$log" | sort -u >&2 || echo "$log" >&2
		fail "the program does not build (its sources are in build/; the lines above say where)"
	fi
	fingerprint >"$stamp.new" && mv "$stamp.new" "$stamp"
	echo "built the program in $((SECONDS - started)) s"
}

dotnet=$(find_dotnet)
if ! up_to_date; then
	mkdir -p "$out" 2>/dev/null || fail "cannot write to $root/artifacts"
	# Two at once would write the same files: the second waits, and finds the work done.
	exec 9>"$out/build.lock"
	flock 9
	up_to_date || build
	exec 9>&-
fi
exec "$dotnet" "$program" "$@"
