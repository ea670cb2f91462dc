#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is installed, unpacked into a root of its own and used from there:
# package_test.sh BUILD_FOLDER SOURCE_FOLDER [PACKAGE.deb]
#
# Without a package the install tree of CMake is looked at, which is what a package holds.
set -u
build=$1 source=$2 package=${3:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
failed=0
complain() { failed=1; printf 'FAILED: %s\n' "$*"; }

if [ -n "$package" ]; then
  dpkg-deb -x "$package" "$root" || exit 1
else
  DESTDIR=$root cmake --install "$build" --prefix /usr >"$work/install.log" 2>&1 || { tail -n 5 "$work/install.log"; exit 1; }
fi
cd "$root/usr" || exit 1

for file in bin/rehearse libexec/rehearse/rehearse-worker share/rehearse/drills/sets.toml \
  share/rehearse/designs/click-calibration.lua share/rehearse/content/formulas.toml \
  share/bash-completion/completions/rehearse share/zsh/vendor-completions/_rehearse \
  share/fish/vendor_completions.d/rehearse.fish share/man/man1/rehearse.1.gz \
  share/doc/rehearse/copyright share/doc/rehearse/changelog.gz; do
  [ -s "$file" ] || complain "$file is not installed"
done
count() { find "$1" -name "$2" | wc -l; }
[ "$(count share/rehearse/drills '*.lua')" = "$(find "$source/drills" -name '*.lua' -not -path '*/judge/*' | wc -l)" ] || complain "every drill is installed"
[ "$(count share/rehearse/designs '*.lua')" = "$(count "$source/designs" '*.lua')" ] || complain "every design is installed"
[ "$(count share/rehearse/content '*.md')" = "$(count "$source/content" '*.md')" ] || complain "every card is installed"

# The installed program finds its data and its worker relative to itself.
unset REHEARSE_DATA REHEARSE_DRILLS
export REHEARSE_HOME=$work/home NO_COLOR=1
bin/rehearse grade "$source/tests/solutions/fewest-rooms-right.lua" >"$work/out" 2>&1 || complain "a drill is judged from there: $(cat "$work/out")"
grep -q accepted "$work/out" || complain "a right solution is accepted"
bin/rehearse doctor --json >"$work/doctor.json" || complain "doctor runs"
grep -q "$root/usr/share/rehearse/drills" "$work/doctor.json" || complain "the drills come from the installed folder"
bin/rehearse drills --set screen >/dev/null || complain "sets are found"

# The shells and man know every verb, and every flag that its help names.
man=$(zcat share/man/man1/rehearse.1.gz | sed 's/\\-/-/g; s/\\e/\\/g')
verbs=$(bin/rehearse --help | sed -n '/^Subcommands:/,$s/^  \([a-z][a-z-]*\) .*/\1/p')
[ "$(wc -w <<<"$verbs")" -gt 15 ] || complain "the verbs are read off --help: $verbs"
bash=$(cat share/bash-completion/completions/rehearse) zsh=$(cat share/zsh/vendor-completions/_rehearse) fish=$(cat share/fish/vendor_completions.d/rehearse.fish)
look() {
  local verb=$1 flag help
  help=$(bin/rehearse $verb --help)
  grep -qx ".SS $verb" <<<"$man" || complain "man does not know $verb"
  grep -q "'$verb') echo '--json --home" <<<"$bash" || complain "bash does not complete $verb"
  grep -q "^complete -c rehearse -n \"test (__rehearse_verb) = '$verb'\"" <<<"$fish" || complain "fish does not complete $verb"
  grep -q "^    ${verb#analyze }) _arguments " <<<"$zsh" || complain "zsh does not complete $verb"
  for flag in $(grep -Eo '^  (-[a-z],)?--[a-z][a-z0-9-]*' <<<"$help" | grep -Eo -- '--.*'); do
    case $flag in --help | --json | --home) continue ;; esac
    sed -n "/^\.SS $verb\$/,/^\.S[SH] /p" <<<"$man" | grep -q -- "^.fB.*$flag" || complain "man does not know $verb $flag"
    grep -q "'$verb') echo .* ${flag}[ ']" <<<"$bash" || complain "bash does not complete $verb $flag"
  done
}
for verb in $verbs; do
  if [ "$verb" = analyze ]; then
    for question in $(bin/rehearse analyze --help | sed -n '/^Subcommands:/,$s/^  \([a-z][a-z-]*\) .*/\1/p'); do look "analyze $question"; done
  else
    look "$verb"
  fi
done
for flag in --help --version --home --json; do
  sed -n '/^\.SH GLOBAL/,/^\.SH VERBS/p' <<<"$man" | grep -q -- "$flag" || complain "man does not know $flag"
done

# And the shells use them.
offered() {
  REHEARSE=$PWD/bin bash -c 'PATH=$REHEARSE:$PATH; source share/bash-completion/completions/rehearse
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rehearse; echo "${COMPREPLY[*]}"' complete "$@"
}
[[ " $(offered rehearse dr) " == *" drill drills "* ]] || complain "bash offers verbs"
[ "$(offered rehearse drill fewest-ro)" = fewest-rooms ] || complain "bash offers ids of drills"
[ "$(offered rehearse --home x drill fewest-ro)" = fewest-rooms ] || complain "bash sees the verb behind --home"
[ "$(offered rehearse run click-calib)" = click-calibration ] || complain "bash offers ids of designs"
[ "$(offered rehearse drills --level m)" = medium ] || complain "bash offers what a flag may be"
[[ "$(offered rehearse analyze calibrate f --m)" == --method ]] || complain "bash offers flags of two words' verbs"
command -v shellcheck >/dev/null && { shellcheck -s bash -S warning share/bash-completion/completions/rehearse || complain "shellcheck of the completion"; }
command -v zsh >/dev/null && { zsh -n share/zsh/vendor-completions/_rehearse || complain "zsh reads its completion"; }
if command -v fish >/dev/null; then
  [ "$(PATH=$PWD/bin:$PATH fish --no-config -c 'source share/fish/vendor_completions.d/rehearse.fish; complete -C "rehearse drill fewest-ro"')" = fewest-rooms ] || complain "fish offers ids of drills"
  [ "$(PATH=$PWD/bin:$PATH fish --no-config -c 'source share/fish/vendor_completions.d/rehearse.fish; complete -C "rehearse --home x drill fewest-ro"')" = fewest-rooms ] || complain "fish sees the verb behind --home"
fi
command -v man >/dev/null && { out=$(LC_ALL=C.UTF-8 man --warnings -l share/man/man1/rehearse.1.gz 2>&1 >/dev/null); [ -z "$out" ] || complain "the manual page: $out"; }

if [ -e bin/rehearse-desktop ]; then
  for file in share/applications/org.rehearse.Rehearse.desktop share/metainfo/org.rehearse.Rehearse.metainfo.xml \
    share/icons/hicolor/scalable/apps/rehearse.svg; do
    [ -s "$file" ] || complain "$file is not installed"
  done
  grep -q "^Icon=rehearse\$" share/applications/org.rehearse.Rehearse.desktop || complain "the icon has the name of its file"
  command -v desktop-file-validate >/dev/null && { out=$(desktop-file-validate share/applications/*.desktop) || complain "$out"; }
  command -v appstreamcli >/dev/null && { out=$(appstreamcli validate --no-net share/metainfo/*.xml) || complain "$out"; }
  QT_QPA_PLATFORM=offscreen bin/rehearse-desktop --page drill:fewest-rooms --shot "$work/window.png" || complain "the window does not start from there"
  [ -s "$work/window.png" ] || complain "the window was not drawn"
  # Without a verb the window starts; --shot cannot be said, so that it started is seen by its end.
  DISPLAY=:none QT_QPA_PLATFORM=offscreen timeout 2 bin/rehearse >/dev/null 2>&1
  [ $? = 124 ] || complain "rehearse without arguments opens the window"
fi

[ $failed = 0 ] && echo "what is installed: all as it should be"
exit $failed
