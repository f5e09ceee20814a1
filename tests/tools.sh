#!/usr/bin/env bash
# What the tests need besides Python packages: Chromium, Firefox and Java from Debian, and from npm the Nu HTML checker,
# TimelineJS and the schema of sitemaps.
# Does nothing, and asks no registry, when all of it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

nu_version=26.9.27
nu_folder=.cache/nu-$nu_version
nu_jar=$nu_folder/node_modules/vnu-jar/build/dist/vnu.jar
timelinejs_version=3.9.11
sitemap_version=9.0.1
readers=.cache/readers-$timelinejs_version-$sitemap_version

main() {
    local packages=()
    has chromium || packages+=(chromium fonts-dejavu-core)
    has firefox-esr || packages+=(firefox-esr)
    # The Node that comes inside Playwright needs a library which a small Debian does not have.
    .venv/bin/playwright --version >/dev/null 2>&1 || packages+=(libatomic1)
    has java || packages+=(default-jre-headless)
    [ -f "$nu_jar" ] && [ -d "$readers" ] || has npm || packages+=(npm)
    [ ${#packages[@]} -eq 0 ] || install_from_debian "${packages[@]}"
    [ -f "$nu_jar" ] || install_nu_checker
    [ -d "$readers" ] || install_readers
    ln -sfn "${nu_jar#.cache/}" .cache/vnu.jar
    ln -sfn "${readers#.cache/}/node_modules" .cache/readers
}

has() { command -v "$1" >/dev/null; }

install_from_debian() {
    local as_root=()
    has apt-get || give_up "$*" "This is not Debian: please install them by hand."
    if [ "$(id -u)" -ne 0 ]; then
        has sudo && sudo -n true 2>/dev/null || give_up "$*" "Please run, once: sudo apt-get install $*"
        as_root=(sudo -n)
    fi
    echo "installing for the tests: $*"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
    quietly "${as_root[@]}" "${apt[@]}" update
    quietly "${as_root[@]}" "${apt[@]}" install --yes --no-install-recommends "$@"
}

install_nu_checker() {
    echo "installing for the tests: the Nu HTML checker $nu_version"
    # Without its install script: that one fetches a Java of its own.
    quietly npm install --prefix "$nu_folder" --ignore-scripts --no-audit --no-fund --no-save "vnu-jar@$nu_version"
}

install_readers() {
    echo "installing for the tests: TimelineJS $timelinejs_version, and the schema of sitemaps"
    local packages=("@knight-lab/timelinejs@$timelinejs_version" "sitemap@$sitemap_version") unfinished=$readers.unfinished
    quietly npm install --prefix "$unfinished" --ignore-scripts --omit=dev --no-audit --no-fund --no-save "${packages[@]}"
    mv "$unfinished" "$readers"
}

quietly() {
    local log
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        echo "failed: $*" >&2
        exit 1
    fi
    rm -f "$log"
}

give_up() {
    printf 'The tests need Debian packages that are not here: %s\n%s\n' "$1" "$2" >&2
    exit 1
}

main
