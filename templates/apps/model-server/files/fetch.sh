# Fetches the model's two files; a file that is there already is not fetched again.
set -eu
mkdir -p "/models/$MODEL/1"
for end in xml bin; do
  file="/models/$MODEL/1/$MODEL.$end"
  [ -s "$file" ] || curl --fail --silent --show-error --location --retry 10 --output "$file" "$SOURCE/$MODEL.$end"
done
