# Sourced by the other scripts: installs what a command needs, where this machine allows it.

# note WORDS: what is going on, apart from what is printed as a result.
note() { printf -- '-- %s\n' "$*" >&2; }

# Fetches the lists of packages, once: a new machine has none.
fetch_lists() {
  [ -z "${APT_LISTS_FETCHED:-}" ] && [ "$(id -u)" = 0 ] || return 0
  note "fetching the lists of packages"
  apt-get update -q >&2 || note "apt-get update failed: the lists may be old"
  export APT_LISTS_FETCHED=1
}

# installable PACKAGE: whether the distribution has it.
installable() {
  command -v apt-get >/dev/null 2>&1 || return 1
  fetch_lists
  apt-cache show "$1" >/dev/null 2>&1
}

# install PACKAGE …: all of them, with progress, or fails and says what a person has to do.
install() {
  if ! command -v apt-get >/dev/null 2>&1; then
    note "no apt-get here: install $* in this system's own way, then run this again"
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    note "only root can install: run \`apt-get install $*\` as root, then run this again"
    return 1
  fi
  fetch_lists
  note "installing $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 && return 0
  note "$* cannot be installed: apt-get said why above"
  return 1
}

# install_first PACKAGE …: the first of them that the distribution has.
install_first() {
  local package
  for package in "$@"; do
    if installable "$package"; then
      install "$package"
      return
    fi
  done
  note "none of these packages is here: $*; install one in this system's own way, then run this again"
  return 1
}
