# Shared by the scripts here: finds a JDK 25 or newer and exports JAVA_HOME.

JDK_MIN=25

# The feature version of a JDK folder; 0 where there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  "$1/bin/javac" -version 2>&1 | awk '{ split($2, part, "."); print part[1] + 0; exit }'
}

use_jdk() {
  local candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  if [ -x /usr/libexec/java_home ]; then
    candidates+=("$(/usr/libexec/java_home -v "$JDK_MIN" 2>/dev/null || true)")
  fi
  candidates+=(
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
  )
  if command -v javac >/dev/null 2>&1; then
    candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)")")")
  fi
  local candidate
  for candidate in "${candidates[@]}"; do
    if [ -n "$candidate" ] && [ "$(jdk_version "$candidate")" -ge "$JDK_MIN" ]; then
      export JAVA_HOME="$candidate"
      return
    fi
  done
  cat >&2 <<EOF
Fireside needs a JDK $JDK_MIN or newer, and none was found.
Install one, for example Eclipse Temurin $JDK_MIN:
  Debian, Ubuntu   apt install temurin-$JDK_MIN-jdk     (https://adoptium.net/installation/linux)
  macOS            brew install --cask temurin@$JDK_MIN
  SDKMAN           sdk install java $JDK_MIN-tem
or set JAVA_HOME to it.
EOF
  exit 1
}

need_maven() {
  # Maven's own Guava would have the JDK warn about it on every start.
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  if ! command -v mvn >/dev/null 2>&1; then
    echo "Fireside is built with Maven 3.8.1 or newer: install it (apt install maven, brew install maven)." >&2
    exit 1
  fi
}

# The page that plays videos is tested in Chromium: installed where that can be done, else asked for.
need_chromium() {
  local name
  for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable \
    /Applications/Chromium.app/Contents/MacOS/Chromium "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if command -v "$name" >/dev/null 2>&1; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      return
    fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium ..." >&2
    apt-get update -qq >&2
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >&2; then
      need_chromium
      return
    fi
  fi
  echo "A test runs a page in Chromium: install it (apt install chromium, brew install --cask chromium), or name one in CHROMIUM." >&2
  exit 1
}
