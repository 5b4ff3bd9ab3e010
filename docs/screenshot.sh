#!/usr/bin/env bash
# Takes the README's pictures: builds seeds/ afresh and photographs graph.html and panels of explorer.html with headless
# Chromium, with no network; pngquant and optipng make them small.
# Usage: docs/screenshot.sh   (NEWSGRAPH and CHROMIUM name other programs than the ones found)
set -euo pipefail
cd "$(dirname "$0")/.."

most=204800 # bytes that the README may load for one picture

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
for name in pngquant optipng; do
    command -v "$name" >/dev/null || { echo "docs/screenshot.sh: no $name found; install it (Debian: apt install $name)" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$NEWSGRAPH build seeds/ -o "$work/out"
# As root, as in a container, Chromium starts only without its sandbox.
sandbox=()
if [ "$(id -u)" = 0 ]; then sandbox=(--no-sandbox); fi

# picture NAME PAGE: docs/NAME.png shows PAGE in light colours, 1440 by 900 pixels.
picture() {
    local taken="$work/$1.png" size
    timeout 120 "$browser" --headless=new ${sandbox[@]+"${sandbox[@]}"} --use-angle=swiftshader \
        --enable-unsafe-swiftshader --hide-scrollbars --user-data-dir="$work/profile" \
        --host-resolver-rules="MAP * ~NOTFOUND" --force-device-scale-factor=1 --window-size=1440,900 \
        --blink-settings=preferredColorScheme=1 --virtual-time-budget=8000 \
        --screenshot="$taken" "file://$work/out/$2" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    pngquant --force --speed 1 --strip --output "$taken" 256 "$taken"
    optipng -quiet -strip all "$taken"
    size=$(wc -c <"$taken")
    if [ "$size" -gt "$most" ]; then
        echo "docs/screenshot.sh: $1.png has $size bytes, more than the $most that the README may load" >&2
        exit 1
    fi
    mv "$taken" "docs/$1.png"
    chmod 644 "docs/$1.png"
    echo "docs/$1.png, $size bytes"
}

picture graph graph.html
picture explorer-timeline 'explorer.html#panel=timeline'
picture explorer-map 'explorer.html#panel=map'
picture explorer-claims 'explorer.html#panel=claims'
