# Sourced by scripts that need a browser, after install.sh.

# Puts Chromium on this machine where it is not.
need_chromium() {
  command -v chromium >/dev/null 2>&1 || install chromium
}
