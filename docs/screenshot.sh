#!/usr/bin/env bash
# Takes the README's picture: builds seeds/ afresh and photographs graph.html with headless Chromium, with no network.
# Usage: docs/screenshot.sh   (NEWSGRAPH and CHROMIUM name other programs than the ones found)
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${NEWSGRAPH:-}" ]; then
    make --silent .venv/bin/newsgraph
    NEWSGRAPH=.venv/bin/newsgraph
fi
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
        browser=$name
        break
    fi
done
: "${browser:?no Chromium found; install it (Debian: apt install chromium) or name it: CHROMIUM=... $0}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$NEWSGRAPH build seeds/ -o "$work/out"
# As root, as in a container, Chromium starts only without its sandbox.
sandbox=()
if [ "$(id -u)" = 0 ]; then sandbox=(--no-sandbox); fi
timeout 120 "$browser" --headless=new ${sandbox[@]+"${sandbox[@]}"} --disable-gpu --hide-scrollbars \
    --user-data-dir="$work/profile" --host-resolver-rules="MAP * ~NOTFOUND" \
    --force-device-scale-factor=1 --window-size=1440,900 --virtual-time-budget=8000 \
    --screenshot="$work/graph.png" "file://$work/out/graph.html" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

size=$(wc -c <"$work/graph.png")
if [ "$size" -gt 409600 ]; then
    echo "docs/screenshot.sh: the picture has $size bytes, more than the 409,600 that the README may load" >&2
    exit 1
fi
mv "$work/graph.png" docs/graph.png
chmod 644 docs/graph.png
echo "docs/graph.png, $size bytes"
