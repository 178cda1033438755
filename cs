#!/usr/bin/env bash
# The command line: ./cs VERB, see ./cs --help
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
project="$root/src/CustomerSuccess.Cli/CustomerSuccess.Cli.csproj"
dll="$root/src/CustomerSuccess.Cli/bin/Release/net10.0/cs.dll"
export OMP_WAIT_POLICY=PASSIVE
if [ ! -f "$dll" ] || [ -n "$(find "$root/src" "$root"/Directory.*.props \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$dll" -print -quit)" ]; then
  dotnet build "$project" -c Release -v q --nologo -clp:ErrorsOnly >&2
  touch "$dll"
fi
exec dotnet "$dll" "$@"
