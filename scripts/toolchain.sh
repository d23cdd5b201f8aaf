# shellcheck shell=bash
# What the scripts of this folder share: finds a JDK and Maven, and builds the demo when its sources are newer. Sourced.
# Runs on bash 3.2, which macOS has.

readonly OLDEST_JAVA=17
readonly OLDEST_MAVEN=3.8.7 # the build itself asks for it: pom.xml, requireMavenVersion

# say LINE...: to the person, not into the output.
say() {
  printf '%s\n' "$@" >&2
}

# java_major JAVA_HOME: its major version; nothing if it is no JDK (a JRE cannot build).
java_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -version 2>&1 </dev/null | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1
}

# jdk_candidates: folders that may be JDKs, the user's own choice first.
jdk_candidates() {
  if [ -n "${JAVA_HOME:-}" ]; then printf '%s\n' "$JAVA_HOME"; fi
  # Asks the one on the PATH where it lives: it may be a link, a shim, or macOS' stub.
  if command -v java >/dev/null; then
    java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p' || true
  fi
  local name
  for name in $(compgen -v JAVA_HOME_ || true); do printf '%s\n' "${!name}"; done # as CI services set them
  local home
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
    if [ -d "$home" ]; then printf '%s\n' "$home"; fi
  done
}

# jdk_between OLDEST NEWEST: the first candidate whose major version is one of these; fails if there is none.
jdk_between() {
  local home major
  while IFS= read -r home; do
    major=$(java_major "$home")
    if [ -n "$major" ] && [ "$major" -ge "$1" ] && [ "$major" -le "$2" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

# require_jdk: sets and exports JAVA_HOME.
require_jdk() {
  local home
  if ! home=$(jdk_between "$OLDEST_JAVA" 999); then
    say "Coppice needs a JDK $OLDEST_JAVA or newer (a JRE is not enough), and none was found in JAVA_HOME, on the PATH or in /usr/lib/jvm." \
      "  Debian/Ubuntu:  sudo apt-get install openjdk-$OLDEST_JAVA-jdk-headless" \
      "  macOS:          brew install openjdk@$OLDEST_JAVA" \
      "or set JAVA_HOME to one that you have."
    exit 1
  fi
  if [ -n "${JAVA_HOME:-}" ] && [ "$home" != "$JAVA_HOME" ]; then
    say "JAVA_HOME is not a JDK $OLDEST_JAVA or newer: JAVA_HOME=$JAVA_HOME; using $home"
  fi
  export JAVA_HOME=$home
}

# at_least VERSION OLDEST: compares numbers between dots.
at_least() {
  local i have want
  for i in 1 2 3; do
    have=$(printf '%s.0.0' "$1" | cut -d. -f"$i")
    want=$(printf '%s.0.0' "$2" | cut -d. -f"$i")
    if [ "$have" -gt "$want" ]; then return 0; fi
    if [ "$have" -lt "$want" ]; then return 1; fi
  done
}

require_maven() {
  local found=none
  if command -v mvn >/dev/null; then
    found=$(mvn -v 2>/dev/null </dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    if [ -n "$found" ] && at_least "$found" "$OLDEST_MAVEN"; then return 0; fi
  fi
  say "Coppice needs Maven $OLDEST_MAVEN or newer to build: found=${found:-unknown}." \
    "  Debian/Ubuntu:  sudo apt-get install maven" \
    "  macOS:          brew install maven" \
    "  anywhere:       https://maven.apache.org/install.html"
  exit 1
}

# demo_is_built: whether nothing that goes into the demo is newer than its last build. Folders count too: a deleted file
# leaves no other trace.
demo_is_built() {
  local built=benchmarks/target/demo-built
  [ -e "$built" ] || return 1
  local newer
  newer=$(find pom.xml .mvn {wire-protocol,worker-launcher,executor-api,benchmarks}/{pom.xml,src/main} \
    -newer "$built" -print 2>/dev/null | head -n 1)
  [ -z "$newer" ]
}

# build_demo: builds the demo and the benchmarks if they need it. In the repository's root.
build_demo() {
  if demo_is_built; then return 0; fi
  require_maven
  say "building (first run takes a minute) …"
  rm -rf benchmarks/target/lib # of another version, perhaps
  mkdir -p benchmarks/target
  local log=benchmarks/target/demo-build.log started=benchmarks/target/demo-building
  : >"$started" # dated before the build: what changes meanwhile is newer
  if ! mvn -B -q -DskipTests -Dcoppice.skipChecks package -pl benchmarks -am >"$log" 2>&1 </dev/null; then
    rm -f "$started"
    tail -n 30 "$log" >&2
    say "" "the build failed; the whole log: $log"
    exit 1
  fi
  mv "$started" benchmarks/target/demo-built
  rm -f "$log"
}

# java_options: what the JDK in use needs besides, one a line. Netty and its native transport; a newer JDK says so.
java_options() {
  if [ "$(java_major "$JAVA_HOME")" -ge 24 ]; then printf '%s\n' --enable-native-access=ALL-UNNAMED; fi
}
