# Verifies a restored claim at /restored: PATHS (separated by spaces) are there and not empty, there are MIN_FILES files or more, every byte of them can be
# read, and CHECKSUMS, if it is named, holds. Ends with an error at the first that does not hold.
set -eu

cd /restored
for path in $PATHS; do
  [ -n "$(ls -A "$path")" ] || { echo "$path is empty" >&2; exit 1; }
done
count=$(find . -type f | wc -l)
[ "$count" -ge "$MIN_FILES" ] || { echo "$count files, and there should be $MIN_FILES or more" >&2; exit 1; }
find . -type f -exec cat {} + >/dev/null
[ -z "$CHECKSUMS" ] || sha256sum -c "$CHECKSUMS"
echo "$count files restored, all of them readable"
